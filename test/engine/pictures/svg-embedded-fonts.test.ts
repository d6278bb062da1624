import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import fontverter from 'fontverter'
import { findEmbeddedFonts, nameFonts } from '../../../src/engine/pictures/svg-embedded-fonts.ts'
import { findLeftOut } from '../../../src/engine/pictures/svg-left-out.ts'
import { difference } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const { resolve } = createRequire(import.meta.url)
const COUSINE = resolve('@expo-google-fonts/cousine/400Regular/Cousine_400Regular.ttf')

const face = (url: string, more = ''): string =>
  `@font-face { font-family: "Some Font"; ${more} src: url("${url}") format("woff2"); }`
const drawing = (style: string, family: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40"><style>${style}</style><text x="5" y="30" font-size="24" font-family="${family}">Agr 123</text></svg>`

describe('fonts that a drawing has in it', () => {
  const folder = useTemporaryFolder()
  const data: Record<string, string> = {}

  before(async () => {
    const font = await readFile(COUSINE)
    for (const kind of ['sfnt', 'woff', 'woff2'] as const) {
      const packed = await fontverter.convert(font, kind)
      data[kind] = `data:font/${kind};base64,${packed.toString('base64')}`
    }
  })

  async function draw(name: string, svg: string | Buffer) {
    const source = folder.pathTo(`${name}.svg`)
    const path = folder.pathTo(`${name}.png`)
    await writeFile(source, svg)
    const instructions = { fmt: 'png', width: 400, pdfbgcolor: 'white' }
    const made = await startRenditions(source, [{ instructions, path }])[0]
    return { path, remarks: made?.remarks }
  }

  for (const kind of ['sfnt', 'woff', 'woff2']) {
    it(`are drawn with, as ${kind}, under whatever name`, async () => {
      const own = await draw(`own-${kind}`, drawing(face(data[kind] ?? ''), 'Some Font, serif'))
      const shipped = await draw('shipped', drawing('', 'Cousine'))
      assert.ok((await difference(own.path, shipped.path)) < 0.001)
      assert.equal(own.remarks, undefined)
    })
  }

  it('are drawn with where the drawing is in UTF-16', async () => {
    const own = drawing(face(data['woff2'] ?? ''), 'Some Font')
    const wide = await draw('wide', Buffer.from(`\ufeff${own}`, 'utf16le'))
    const next = await draw('after', drawing('', 'Some Font'))
    const shipped = await draw('shipped', drawing('', 'Cousine'))
    assert.ok((await difference(wide.path, shipped.path)) < 0.001)
    assert.ok((await difference(next.path, shipped.path)) > 0.01)
  })

  it('are no fonts of the next drawing', async () => {
    await draw('first', drawing(face(data['woff2'] ?? ''), 'Some Font'))
    const next = await draw('next', drawing('', 'Some Font'))
    const cousine = await draw('cousine', drawing('', 'Cousine'))
    assert.ok((await difference(next.path, cousine.path)) > 0.01)
    assert.match(next.remarks?.join() ?? '', /Some Font/)
  })

  it('are told where they cannot be read, and others are drawn in their place', async () => {
    const broken = `data:font/woff2;base64,${Buffer.from('wOF2 is no font').toString('base64')}`
    const { remarks } = await draw('broken', drawing(face(broken), 'Some Font'))
    assert.match(remarks?.join() ?? '', /Some Font/)
  })

  it('have the weight and the slant that the drawing says', () => {
    const sheet = face('data:;base64,AAEAAA==', 'font-weight: 700; font-style: italic;')
    const [font] = findEmbeddedFonts(drawing(sheet, 'a'))
    assert.deepEqual(
      { ...font, bytes: undefined },
      { family: 'Some Font', weight: 'bold', slant: 'italic', bytes: undefined },
    )
  })

  it('are none of other files, which is told', async () => {
    const style = face('https://localhost/a.woff2')
    assert.deepEqual(findEmbeddedFonts(drawing(style, 'Some Font')), [])
    assert.deepEqual(findLeftOut(drawing(style, 'Some Font')), [
      'fonts of other files (@font-face)',
    ])
    assert.deepEqual(findLeftOut(drawing(face('data:font/woff2;base64,AA=='), 'Some Font')), [])
  })

  it('may be damaged in any way', async () => {
    const woff = Buffer.from((data['woff'] ?? '').replace(/^.*,/, ''), 'base64')
    for (let at = 0; at < 400; at += 7) {
      const bytes = Buffer.from(woff)
      bytes.writeUInt8(255, at)
      const names = await nameFonts([
        { family: 'a', weight: undefined, slant: undefined, bytes: bytes.subarray(0, 4000 + at) },
      ])
      assert.deepEqual(names, [])
    }
  })
})
