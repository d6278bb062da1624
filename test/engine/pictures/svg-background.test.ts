import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { findBackground } from '../../../src/engine/pictures/svg-background.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const svg = (root: string, content = ''): string =>
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4" ${root}>${content}</svg>`

/** A drawing, and the colour behind it. */
const TABLE: readonly (readonly [drawing: string, colour: string | undefined])[] = [
  [svg('style="background:#fc0"'), '#fc0'],
  [svg(`style='width:9px; background-color : rgb(255, 204, 0);'`), 'rgb(255, 204, 0)'],
  [svg('style="background: white none repeat"'), 'white'],
  [svg('style="background:red;background:lime"'), 'lime'],
  [svg('', '<style>svg{fill:red;background:hsl(90deg 50% 50%)}</style>'), 'hsl(90deg 50% 50%)'],
  [svg('', '<style><![CDATA[ g{} :root { background-color:tan } ]]></style>'), 'tan'],
  [svg('style="background:transparent"'), undefined],
  [svg('style="background:url(a.png)"'), undefined],
  [svg('style="background:linear-gradient(red,blue)"'), undefined],
  [svg('style="--background:red"'), undefined],
  [svg('', '<g style="background:red"/>'), undefined],
  [svg('', '<style>g svg{} .svg{background:red}</style>'), undefined],
  ['no drawing', undefined],
]

describe('the colour behind a drawing', () => {
  const folder = useTemporaryFolder()

  for (const [drawing, colour] of TABLE) {
    it(`is ${colour ?? 'none'}: ${drawing}`, () => {
      assert.equal(findBackground(drawing), colour)
    })
  }

  it('is drawn, and whoever is drawn is on it', async () => {
    const source = folder.pathTo('source.svg')
    const path = folder.pathTo('rendition')
    await writeFile(source, svg('style="background:#fc0"', '<rect width="4" height="4"/>'))
    await startRenditions(source, [{ instructions: { fmt: 'png' }, path }])[0]
    const { data, info } = await sharp(path)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const row = 4 * info.width * Math.floor(info.height / 2)
    assert.deepEqual([...data.subarray(row + 4 * 9, row + 4 * 10)], [0, 0, 0, 255])
    assert.deepEqual(
      [...data.subarray(row + 4 * (info.width - 9)).subarray(0, 4)],
      [255, 204, 0, 255],
    )
  })
})
