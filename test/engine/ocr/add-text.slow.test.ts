import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { PdfChanges } from '../../../src/engine/pdf-tools/pdf-changes.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { languagesIn } from '../../../src/programs/tesseract.ts'
import { type DrawPage, pdfOf, textPage } from '../../support/pdf.ts'
import { PAPER, type ScannedPage, scanPdf, storedPictures, TEXT_AT } from '../../support/scans.ts'
import { skipWithout } from '../../support/tools.ts'
import { useChanges } from '../pdf-tools/changing.ts'

const run = promisify(execFile)

const ENGLISH = [
  'The quick brown fox jumps over the lazy dog.',
  'Invoice number 4711 of 12 March 2024',
  'Amount due: 1,234.56 euros within 30 days.',
  'Please transfer the amount to our account.',
]
const GERMAN = [
  'Zwölf Boxkämpfer jagen Viktor quer über den',
  'großen Sylter Deich. Fälligkeit: in 30 Tagen.',
]

/** Whether the first word and the last are where they are seen. */
function assertInPlace(places: ReadonlyMap<string, readonly number[]> | undefined): void {
  const [left = 0, top = 0, , bottom = 0] = places?.get('The') ?? []
  assert.ok(Math.abs(left - TEXT_AT.x) < 3, `The: x ${left}`)
  assert.ok(top > TEXT_AT.y - 6 && bottom < TEXT_AT.y + 18, `The: y ${top} to ${bottom}`)
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = places?.get('account.') ?? []
  assert.ok(x0 > 200 && x1 < PAPER.width - 40, `account.: x ${x0} to ${x1}`)
  assert.ok(y0 > TEXT_AT.y + 40 && y1 < TEXT_AT.y + 90, `account.: y ${y0} to ${y1}`)
}

/** As large as a page may be. */
const huge: DrawPage = (page) => page.setSize(14_400, 14_400)

type Recognition = NonNullable<PdfChanges['ocr']>

describe('the text of scans', function () {
  this.timeout(120_000)
  const { tesseract } = findPrograms({})
  const {
    change,
    pathOf,
    run: recogniseWith,
  } = useChanges(tesseract === undefined ? {} : { tesseract })

  before(async function () {
    skipWithout(this, 'poppler', 'Tesseract')
    const languages = tesseract === undefined ? [] : languagesIn(tesseract)
    if (languages.includes('eng') && languages.includes('deu')) return
    console.log('      skipped: it takes both languages of npm run add -- ocr eng deu')
    this.skip()
  })

  function recognise(
    source: Uint8Array,
    { languages = ['eng'], autoOrient = false }: Partial<Recognition> = {},
    others: PdfChanges = {},
    progress?: (done: number, sentence: string) => void,
  ): Promise<Buffer> {
    return change(source, { ...others, ocr: { languages, autoOrient } }, undefined, progress)
  }

  /** The lines of each page. */
  async function textOf(pdf: Uint8Array): Promise<string[][]> {
    const { stdout } = await run('pdftotext', ['-layout', await pathOf(pdf), '-'])
    const pages = stdout.split('\f').slice(0, -1)
    return pages.map((page) =>
      page
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
  }

  /** Where words are on each page as it is shown, in points from the upper left. */
  async function placesOf(pdf: Uint8Array): Promise<Map<string, readonly number[]>[]> {
    const { stdout } = await run('pdftotext', ['-bbox', await pathOf(pdf), '-'])
    const pages = stdout.split('<page ').slice(1)
    return pages.map((page) => {
      const words = page.matchAll(
        /<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">([^<]+)</g,
      )
      return new Map(
        Array.from(words, ([, x0, y0, x1, y1, word = '']) => [word, [x0, y0, x1, y1].map(Number)]),
      )
    })
  }

  it('can be found where it is seen, on pages that are turned upright and cut to size', async () => {
    const pages: Omit<ScannedPage, 'lines'>[] = [
      { turned: 90, trim: 10 },
      { turned: 180 },
      { turned: 270, rotate: 180, trim: 10 },
    ]
    const source = await scanPdf(pages.map((page) => ({ lines: ENGLISH, ...page })))
    const told: string[] = []
    const made = await recognise(source, { autoOrient: true }, {}, (_, sentence) => {
      told.push(sentence)
    })
    assert.deepEqual(
      await textOf(made),
      pages.map(() => ENGLISH),
    )
    for (const places of await placesOf(made)) assertInPlace(places)
    assert.deepEqual(await storedPictures(made), await storedPictures(source))
    assert.deepEqual(
      told.slice(0, pages.length),
      pages.map((_, index) => `recognised the text of page ${index + 1} of ${pages.length}`),
    )
  })

  it('is turned upright on pages of a few words as well', async () => {
    const source = await scanPdf([
      { lines: ['Boats 4711'], turned: 180 },
      { lines: ['Harbour office'], turned: 270 },
    ])
    const made = await recognise(source, { autoOrient: true })
    assert.deepEqual(await textOf(made), [['Boats 4711'], ['Harbour office']])
  })

  it('is laid over pages as they are shown, which stay so unless they are to be turned', async () => {
    const source = await scanPdf([{ lines: ENGLISH, turned: 270, rotate: 90 }])
    const made = await recognise(source, { autoOrient: false })
    assert.deepEqual(await textOf(made), [ENGLISH])
    assertInPlace((await placesOf(made))[0])
    const { stdout } = await run('pdfinfo', [await pathOf(made)])
    assert.match(stdout, /Page rot: +90/)
  })

  it('is read in several languages', async () => {
    const lines = [...GERMAN, ...ENGLISH.slice(1, 2)]
    const source = await scanPdf([{ lines }])
    const made = await recognise(source, { languages: ['deu', 'eng'] })
    assert.deepEqual(await textOf(made), [lines])
  })

  it('is left as it is on pages that have some, of a PDF that stays encrypted', async () => {
    const scan = { lines: ENGLISH.slice(0, 1) }
    const others = [textPage('typed'), () => undefined]
    const source = await scanPdf([scan], { userPassword: 'open', others })
    const made = await recognise(source, {}, { password: 'open' })
    const open = await change(made, { password: 'open', decrypt: true })
    assert.deepEqual(await textOf(open), [ENGLISH.slice(0, 1), ['typed'], []])
    await assert.rejects(recognise(made), {
      message: 'The source is an encrypted PDF file; set password to open it.',
    })
  })

  it('takes a file as it is that has nothing to be recognised', async () => {
    const source = await pdfOf([textPage('typed'), () => undefined])
    assert.deepEqual(await recognise(source, { autoOrient: true }), source)
  })

  it('is left out on pages that cannot be drawn, and told which, unless that is all of them', async () => {
    const ocr = { languages: ['eng'], autoOrient: false } as const
    const source = await scanPdf([{ lines: ENGLISH.slice(0, 1) }], { others: [huge] })
    const { content, remarks } = await recogniseWith(source, { ocr })
    assert.deepEqual(await textOf(content), [ENGLISH.slice(0, 1), []])
    assert.deepEqual(remarks, ['Page 2 has no text: it is too large.'])
    await assert.rejects(recogniseWith(await pdfOf([huge]), { ocr }), {
      message: /pixels, more than the 20000000 that can be processed/,
    })
  })

  it('is given up within a second', async () => {
    const source = await scanPdf(Array.from({ length: 4 }, () => ({ lines: ENGLISH })))
    const giving = new AbortController()
    let cancelled = 0
    const made = change(
      source,
      { ocr: { languages: ['eng'], autoOrient: false } },
      giving.signal,
      () => {
        cancelled = performance.now()
        giving.abort(new Error('given up'))
      },
    )
    await assert.rejects(made, { message: 'given up' })
    const took = performance.now() - cancelled
    assert.ok(cancelled > 0 && took < 1000, `${took} ms`)
  })

  it('takes the data of its languages', async () => {
    await assert.rejects(recognise(await scanPdf([{ lines: GERMAN }]), { languages: ['nld'] }), {
      message:
        'Recognising the text of a PDF takes what Tesseract knows of Dutch, which is not on this machine; install it with "npm run add -- ocr nld".',
    })
  })
})
