import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { PDFDocument } from '@cantoo/pdf-lib'
import type CloudConvert from 'cloudconvert'
import JSZip from 'jszip'
import sharp from 'sharp'
import { slidesOf, textOfPages, workbookOf } from '../engine/office/office-files.ts'
import { docx, paragraph } from '../engine/text/documents.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'
import { trust } from './api-client.ts'
import { createClient } from './cloudconvert-client.cjs'
import { readJobsEnv } from './jobs-env.ts'
import { startServiceProcess, useHome } from './service-process.ts'

type JobTemplate = NonNullable<Parameters<CloudConvert['jobs']['create']>[0]>
type Tasks = JobTemplate['tasks']

const given = (bytes: Uint8Array, filename: string) =>
  ({ operation: 'import/base64', file: Buffer.from(bytes).toString('base64'), filename }) as const

const LETTER = docx(paragraph('Grüße aus dem Hafen 港口'))
const PAGES = textOfPages(['Seite eins', 'Seite zwei', 'Seite drei 港'])

describe('office files through the jobs API', function () {
  this.timeout(120_000)
  const home = useHome()
  const folder = useTemporaryFolder()
  let client: CloudConvert

  before(async function () {
    skipWithout(this, 'LibreOffice')
    await startServiceProcess({ home })
    trust(home)
    const env = readJobsEnv(home)
    client = createClient(env.CLOUDCONVERT_API_KEY, env.CLOUDCONVERT_REGION)
  })

  async function run(tasks: Tasks) {
    const { id } = await client.jobs.create({
      tasks: { ...tasks, export: { operation: 'export/url', input: 'made' } },
    })
    const job = await client.jobs.wait(id)
    const files = await Promise.all(
      client.jobs.getExportUrls(job).map(async ({ filename, url }) => {
        const bytes = Buffer.from(await (await fetch(url ?? '')).arrayBuffer())
        return { filename, bytes }
      }),
    )
    return { files, made: job.tasks.find(({ name }) => name === 'made') }
  }

  const convert = (source: ReturnType<typeof given>, options: object & { output_format: string }) =>
    run({ import: source, made: { operation: 'convert', input: 'import', ...options } })

  /** The text of a PDF as poppler reads it, a page each. */
  function textsOf(pdf: Buffer): string[] {
    const path = folder.pathTo('read.pdf')
    writeFileSync(path, pdf)
    const text = execFileSync('pdftotext', ['-layout', path, '-']).toString()
    return text
      .split('\f')
      .slice(0, -1)
      .map((page) => page.trim())
  }

  it('makes pictures of the pages that are asked for, and no file of the PDF between', async () => {
    const options = { output_format: 'png', pages: '2-', width: 200 }
    const { files } = await convert(given(PAGES, 'pages.odt'), options)
    assert.deepEqual(
      files.map(({ filename }) => filename),
      ['pages-1.png', 'pages-2.png'],
    )
    for (const { bytes } of files) assert.equal((await sharp(bytes).metadata()).width, 200)
  })

  it('makes DOCX of an ODT file whose name has ß and Chinese letters, and a PDF of that', async () => {
    const { files } = await run({
      import: given(PAGES, 'Größe 港口.odt'),
      between: { operation: 'convert', input: 'import', output_format: 'docx' },
      made: { operation: 'convert', input: 'between', output_format: 'pdf', pages: '3' },
    })
    assert.deepEqual(
      files.map(({ filename, bytes }) => [filename, textsOf(bytes)]),
      [['Größe 港口.pdf', ['Seite drei 港']]],
    )
  })

  it('makes one page of all columns of an XLSX file', async () => {
    const columns = Array.from({ length: 30 }, (_, index) => `Spalte ${index}`)
    const options = { output_format: 'pdf', fit_sheets: 'width' }
    const { files } = await convert(given(workbookOf([columns]), 'wide.xlsx'), options)
    const [pages] = files.map(({ bytes }) => textsOf(bytes))
    assert.equal(pages?.length, 1)
    assert.match(pages[0] ?? '', /Spalte 0 .*Spalte 29/)
  })

  it('makes PPTX of ODP, and a PDF with the notes of that', async () => {
    const { files } = await run({
      import: given(slidesOf([{ text: 'Folie', notes: 'Notiz' }]), 'slides.odp'),
      between: { operation: 'convert', input: 'import', output_format: 'pptx' },
      made: { operation: 'convert', input: 'between', output_format: 'pdf', include_notes: true },
    })
    assert.deepEqual(
      files.map(({ bytes }) => textsOf(bytes)),
      [['Folie', 'Notiz']],
    )
  })

  it('makes a page of each slide of PPTX, whatever moves on it', async () => {
    const slides = slidesOf([
      { text: 'Eins', notes: '' },
      { text: 'Zwei', notes: '' },
    ])
    const still = await convert(given(slides, 'slides.odp'), { output_format: 'pptx' })
    const moving = await withMovement(still.files[0]?.bytes ?? Buffer.alloc(0))
    const { files, made } = await convert(given(moving, 'slides.pptx'), { output_format: 'pdf' })
    assert.deepEqual(
      files.map(({ bytes }) => textsOf(bytes)),
      [['Eins', 'Zwei']],
      made?.message ?? '',
    )
  })

  it('merges two ODT files in the order of the caller', async () => {
    const { files } = await run({
      first: given(textOfPages(['Zuerst']), 'b.odt'),
      other: given(textOfPages(['Danach', 'Zuletzt']), 'a.odt'),
      made: { operation: 'merge', input: ['first', 'other'], output_format: 'pdf' },
    })
    assert.deepEqual(
      files.map(({ filename, bytes }) => [filename, textsOf(bytes)]),
      [['merged.pdf', ['Zuerst', 'Danach', 'Zuletzt']]],
    )
    assert.equal((await PDFDocument.load(files[0]?.bytes ?? '')).getPageCount(), 3)
  })

  it('says that a file is damaged', async () => {
    const { made } = await convert(given(LETTER.subarray(0, 400), 'a.docx'), {
      output_format: 'pdf',
    })
    assert.deepEqual(
      [made?.status, made?.code, made?.message],
      ['error', 'SOURCE_CORRUPT', 'The source is a damaged or incomplete DOCX file.'],
    )
  })
})

const TRANSITION = '<p:transition spd="slow" advTm="2000"><p:wipe dir="r"/></p:transition>'
const TIMING =
  '<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"/></p:par></p:tnLst></p:timing>'

/** Puts a transition and a time line into every slide of a PPTX file, in place of those that it has. */
async function withMovement(pptx: Buffer): Promise<Buffer> {
  const zip = await JSZip.loadAsync(pptx)
  const slides = Object.values(zip.files).filter(({ name }) =>
    /^ppt\/slides\/[^/]+\.xml$/.test(name),
  )
  assert.equal(slides.length, 2)
  for (const slide of slides) {
    const xml = (await slide.async('text'))
      .replaceAll(/<p:(timing|transition)\b.*?(?:<\/p:\1>|\/>)/gs, '')
      .replaceAll(/<mc:AlternateContent\b.*?<\/mc:AlternateContent>/gs, '')
    assert.match(xml, /<\/p:sld>$/)
    zip.file(slide.name, xml.replace(/<\/p:sld>$/, `${TRANSITION}${TIMING}</p:sld>`))
  }
  return zip.generateAsync({ type: 'nodebuffer' })
}
