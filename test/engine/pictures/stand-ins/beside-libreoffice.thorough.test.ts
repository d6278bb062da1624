import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import type { Context } from 'mocha'
import sharp from 'sharp'
import { convertDocument } from '../../../support/libreoffice.ts'
import { startRenditions } from '../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

/** Shapes, curves, dashes, a hole, a gradient and words. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300" viewBox="0 0 400 300">
<rect width="400" height="300" fill="#eeeeff"/>
<rect x="20" y="20" width="100" height="60" fill="#c82828" stroke="#000000" stroke-width="3"/>
<ellipse cx="220" cy="60" rx="70" ry="40" fill="#28a03c" stroke="#0000ff" stroke-width="6" stroke-dasharray="12 6"/>
<path d="M320 20 L380 90 L300 80 Z" fill="#dcc828"/>
<path d="M20 150 C60 100 120 220 180 150 S 260 120 300 180" fill="none" stroke="#283cc8" stroke-width="8"/>
<text x="30" y="250" font-family="Liberation Sans" font-size="28" fill="#222222">Harbour 42</text>
<path d="M330 200h50v50h-50z M340 210h30v30h-30z" fill="#444444" fill-rule="evenodd"/>
<linearGradient id="g"><stop stop-color="#ff0000"/><stop offset="1" stop-color="#0000ff"/></linearGradient>
<rect x="150" y="190" width="70" height="40" fill="url(#g)"/>
</svg>`

/** The part of it that LibreOffice says is seen of a metafile, in pixels: it cuts the ground off on all sides. */
const FRAME = { left: 14, top: 14, width: 372, height: 272 }

/** How much all samples may be off in the mean: letters and edges are, shapes are not. */
const MOST_OFF = 6

describe('metafiles beside LibreOffice', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()

  for (const format of ['emf', 'wmf']) {
    it(`look as what LibreOffice has written into them: ${format}`, async function (this: Context) {
      const metafile = await convertDocument(Buffer.from(DRAWING), 'svg', format)
      if (metafile === undefined) {
        console.log('      LibreOffice is not here, so that there is nothing to compare with')
        this.skip()
      }
      const source = folder.pathTo(`drawing.${format}`)
      await writeFile(source, metafile)
      const [made] = startRenditions(source, [
        { instructions: { fmt: 'png' }, path: folder.pathTo('made.png') },
      ])
      const { path } = await (made ?? assert.fail())
      const drawn = await sharp(Buffer.from(DRAWING)).extract(FRAME).png().toBuffer()
      const [found, expected] = await Promise.all(
        [sharp(path), sharp(drawn)].map((image) =>
          image
            .flatten({ background: '#eeeeff' })
            .resize(200, 150, { fit: 'fill' })
            .blur(1.5)
            .removeAlpha()
            .raw()
            .toBuffer(),
        ),
      )
      assert.ok(found && expected)
      const off = found.reduce((sum, value, at) => sum + Math.abs(value - (expected[at] ?? 0)), 0)
      assert.ok(off / found.length < MOST_OFF, `it is ${off / found.length} off`)
    })
  }
})
