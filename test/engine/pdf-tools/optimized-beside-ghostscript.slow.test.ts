import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib'
import type { Context } from 'mocha'
import sharp from 'sharp'
import { findPrograms } from '../../../src/programs/programs.ts'
import { pdfOf } from '../../support/pdf.ts'
import { difference, noise } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { skipWithout } from '../../support/tools.ts'
import { wholeFontPdf } from '../../support/whole-font.ts'
import { useChanges } from './changing.ts'

const run = promisify(execFile)

/** Each picture on a page of its own, at so many dots an inch. */
function pages(pictures: readonly Buffer[], dots: number): Promise<Buffer> {
  return pdfOf(
    pictures.map((picture) => async (page, document) => {
      const embedded = await document.embedJpg(picture)
      const [width, height] = [(embedded.width * 72) / dots, (embedded.height * 72) / dots]
      page.setSize(width, height)
      page.drawImage(embedded, { x: 0, y: 0, width, height })
    }),
  )
}

async function scan(): Promise<Buffer> {
  const lines = Array.from(
    { length: 14 },
    (_, line) =>
      `<text x="120" y="${150 + 50 * line}" font-size="26">${'Some words of a letter, '.repeat(4)}${line}</text>`,
  )
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="877"><rect width="100%" height="100%" fill="#f3efe4"/>${lines.join('')}</svg>`
  const grain = await noise(1240, 877).modulate({ saturation: 0 }).png().toBuffer()
  return sharp(Buffer.from(page))
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 92 })
    .toBuffer()
}

function text(): Promise<Buffer> {
  return pdfOf(
    Array.from({ length: 4 }, (_, number) => async (page, document) => {
      const fonts = [StandardFonts.Helvetica, StandardFonts.TimesRoman]
      for (let line = 0; line < 16; line += 1) {
        const font = await document.embedFont(fonts[line % 2] ?? StandardFonts.Courier)
        const words = `Line ${line * 37} of page ${number}, ${((line + 3) * (number + 7) * 7919) % 99_991}`
        page.drawText(words, { x: 20, y: 180 - 11 * line, size: 9, font })
      }
    }),
  )
}

async function twelveTimes(source: Buffer): Promise<Buffer> {
  const all = await PDFDocument.create()
  for (let copy = 0; copy < 12; copy += 1) {
    const one = await PDFDocument.load(source)
    for (const page of await all.copyPages(one, one.getPageIndices())) all.addPage(page)
  }
  return Buffer.from(await all.save())
}

describe("a PDF for the web beside Ghostscript's /ebook", function () {
  this.timeout(120_000)
  const { gs } = findPrograms({ PATH: process.env['PATH'] })
  const { change, pathOf } = useChanges()

  const SOURCES: Readonly<Record<string, () => Promise<Buffer>>> = {
    'a scan': async () => pages([await scan()], 300),
    'text in fonts of every reader': text,
    'text in a font with all of its letters': () => wholeFontPdf(['WAVE', 'QUICK', 'FOX']),
    'a photo': async () => pages([await noise(600, 400).jpeg({ quality: 95 }).toBuffer()], 300),
    'twelve copies of a photo': async () =>
      twelveTimes(await pages([await noise(450, 300).jpeg({ quality: 95 }).toBuffer()], 300)),
  }
  for (const [what, make] of Object.entries(SOURCES)) {
    it(`is smaller: ${what}`, async function (this: Context) {
      if (gs === undefined) return skipWithout(this, 'Ghostscript')
      const source = await make()
      const path = await pathOf(source)
      const given = ['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=pdfwrite']
      await run(gs, [...given, '-dPDFSETTINGS=/ebook', `-sOutputFile=${path}.gs`, path])
      const { length } = await readFile(`${path}.gs`)
      const made = await change(source, { optimize: { profile: 'web' } })
      assert.ok(made.length <= length, `${made.length} bytes, Ghostscript's ${length}`)
    })
  }

  it('is no further from a photo, though smaller', async function (this: Context) {
    if (gs === undefined) return skipWithout(this, 'Ghostscript')
    const photo = await noise(600, 400).jpeg({ quality: 95 }).toBuffer()
    const path = await pathOf(await pages([photo], 300))
    const given = ['-q', '-dNOPAUSE', '-dBATCH', '-dSAFER', '-sDEVICE=pdfwrite']
    await run(gs, [...given, '-dPDFSETTINGS=/ebook', `-sOutputFile=${path}.gs`, path])
    const made = await change(await readFile(path), { optimize: { profile: 'web' } })
    const small = await sharp(photo).resize(300, 200).png().toBuffer()
    const [their, our] = await Promise.all(
      [await readFile(`${path}.gs`), made].map(async (each) =>
        difference(await drawn(each), small),
      ),
    )
    assert.ok((our ?? 1) <= (their ?? 0), `${our}, Ghostscript's ${their}`)
  })

  /** The page at the size that web leaves of the photo. */
  async function drawn(content: Uint8Array): Promise<Buffer> {
    const path = await pathOf(content)
    const instructions = { fmt: 'png', width: 300, height: 200, fit: 'scale' }
    await startRenditions(path, [{ instructions, path: `${path}.png` }])[0]
    return readFile(`${path}.png`)
  }
})
