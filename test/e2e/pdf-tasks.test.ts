import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import * as z from 'zod/mini'
import { readPdfInfo, readPdfOutline, writePdfText } from '../../src/engine/pdf/pdf.ts'
import { findPrograms } from '../../src/programs/programs.ts'
import { bookmarkedPdf } from '../support/bookmarked-pdf.ts'
import { scanPage } from '../support/scans.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { readActivations } from './activations.ts'
import { trust } from './api-client.ts'
import { readJobsEnv } from './jobs-env.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const jobSchema = z.object({
  data: z.object({
    id: z.string(),
    status: z.string(),
    tasks: z.array(
      z.object({
        name: z.string(),
        code: z.nullable(z.string()),
        message: z.nullable(z.string()),
        result: z.nullable(
          z.object({
            files: z.optional(
              z.array(z.object({ filename: z.string(), url: z.optional(z.string()) })),
            ),
          }),
        ),
      }),
    ),
  }),
})

const createdSchema = z.object({ data: z.object({ id: z.string() }) })

const REFUSALS = {
  right: null,
  wrong: 'The source is an encrypted PDF file, and password does not open it.',
  missing: 'The source is an encrypted PDF file; set password to open it.',
}

type Task = z.infer<typeof jobSchema>['data']['tasks'][number]

describe('tasks of PDFs', function () {
  this.timeout(120_000)
  const home = useHome()
  const folder = useTemporaryFolder()
  let service: ServiceProcess
  let key: string
  let book: Buffer
  let written = 0

  before(async () => {
    service = await startServiceProcess({ home })
    trust(home)
    key = readJobsEnv(home).CLOUDCONVERT_API_KEY
    book = await bookmarkedPdf('Book')
  })

  async function call(path: string, body?: unknown): Promise<Response> {
    return fetch(new URL(path, service.origin), {
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
  }

  /** A job that does something to files, and exports what comes of it. */
  async function run(files: Readonly<Record<string, Buffer>>, done: object): Promise<Task[]> {
    const imports = Object.entries(files).map(([filename, file], index) => [
      `import${index}`,
      { operation: 'import/base64', file: file.toString('base64'), filename },
    ])
    const input = imports.map(([name]) => name)
    const tasks = {
      ...Object.fromEntries(imports),
      made: { input, ...done },
      export: { operation: 'export/url', input: 'made' },
    }
    const made = await call('/v2/jobs', { tasks })
    assert.equal(made.status, 201, await made.clone().text())
    const { data } = createdSchema.parse(await made.json())
    const ended = await call(`/v2/jobs/${data.id}/wait`)
    return jobSchema.parse(await ended.json()).data.tasks
  }

  async function make(files: Readonly<Record<string, Buffer>>, done: object) {
    const tasks = await run(files, done)
    const failed = tasks.find(({ code }) => code !== null)
    assert.equal(failed, undefined, JSON.stringify(failed))
    const exported = tasks.find(({ name }) => name === 'export')?.result?.files ?? []
    return Promise.all(
      exported.map(async ({ filename, url }) => ({
        filename,
        content: Buffer.from(await (await fetch(url ?? '')).arrayBuffer()),
      })),
    )
  }

  async function refusal(files: Readonly<Record<string, Buffer>>, done: object): Promise<string> {
    const tasks = await run(files, done)
    return tasks.find(({ name }) => name === 'made')?.message ?? 'it was not refused'
  }

  async function pathOf(content: Uint8Array): Promise<string> {
    written += 1
    const path = folder.pathTo(`${written}.pdf`)
    await writeFile(path, content)
    return path
  }

  /** What all pages say, in their order. */
  async function textOf(content: Uint8Array): Promise<string[]> {
    const path = await pathOf(content)
    await writePdfText({ path, password: undefined }, `${path}.txt`)
    return readFileSync(`${path}.txt`, 'utf8').match(/\w+ \d+/g) ?? []
  }

  it('merges twelve files in their order, with a bookmark for each above its own', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Part${'LKJIHGFEDCBA'[index]}`)
    const files = await Promise.all(
      names.map(async (name) => [`${name}.pdf`, await bookmarkedPdf(name, 2)] as const),
    )
    const [merged] = await make(Object.fromEntries(files), { operation: 'pdf/merge' })
    assert.equal(merged?.filename, 'merged.pdf')
    const texts = await textOf(merged.content)
    assert.deepEqual(
      texts,
      names.flatMap((name) => [`${name} 1`, `${name} 2`]),
    )
    const { bookmarks } = await readPdfOutline({
      path: await pathOf(merged.content),
      password: undefined,
    })
    assert.partialDeepStrictEqual(
      bookmarks,
      names.map((title, index) => ({
        title,
        goes: { page: 2 * index },
        below: [
          {
            title: `Start of ${title}`,
            goes: { page: 2 * index },
            below: [{ title: `Inside ${title}`, goes: { page: 2 * index + 1 } }],
          },
        ],
      })),
    )
  })

  it('splits into a file a page, numbered where the name says', async () => {
    const pages = await make({ 'book.pdf': book }, { operation: 'pdf/split-pages' })
    assert.deepEqual(
      pages.map(({ filename }) => filename),
      ['book-1.pdf', 'book-2.pdf', 'book-3.pdf'],
    )
    for (const [index, { content }] of pages.entries())
      assert.deepEqual(await textOf(content), [`Book ${index + 1}`])
  })

  it('extracts pages in the order in which they are named', async () => {
    const fields = { operation: 'pdf/extract-pages', pages: '3,1' }
    const [some] = await make({ 'book.pdf': book }, fields)
    assert.deepEqual(await textOf(some?.content ?? assert.fail('there is no file')), [
      'Book 3',
      'Book 1',
    ])
  })

  it('turns pages by what is given, in addition to how they are', async () => {
    const fields = { operation: 'pdf/rotate-pages', pages: '2-3', rotation: '+90' }
    const [once] = await make({ 'book.pdf': book }, fields)
    const [twice] = await make({ 'book.pdf': once?.content ?? assert.fail() }, fields)
    const document = await PDFDocument.load(twice?.content ?? '')
    const turns = document.getPages().map((page) => page.getRotation().angle)
    assert.deepEqual(turns, [0, 180, 180])
  })

  it('encrypts, and decrypts with the password only', async () => {
    const fields = { operation: 'pdf/encrypt', set_password: 'open ß', allow_print: false }
    const [locked] = await make({ 'book.pdf': book }, fields)
    const content = locked?.content ?? assert.fail('there is no file')
    const info = await readPdfInfo({ path: await pathOf(content), password: 'open ß' })
    assert.ok(info.isEncrypted)
    const files = { 'book.pdf': content }
    assert.match(
      await refusal(files, { operation: 'pdf/decrypt' }),
      /^The source is an encrypted PDF file; set password to open it\.$/,
    )
    const wrong = { operation: 'pdf/decrypt', password: 'wrong' }
    assert.match(await refusal(files, wrong), /password does not open it/)
    const [open] = await make(files, { operation: 'pdf/decrypt', password: 'open ß' })
    assert.equal((await textOf(open?.content ?? assert.fail())).length, 3)
  })

  it('opens what thumbnail, merge and watermark are given with its password only, which nobody is told', async () => {
    const right = 'Open-sesame-4711'
    const wrong = 'Open-barley-0815'
    const encrypting = { operation: 'pdf/encrypt', set_password: right }
    const [locked] = await make({ 'book.pdf': book }, encrypting)
    const file = locked?.content.toString('base64')
    const kinds = {
      thumbnail: { operation: 'thumbnail', output_format: 'png', width: 40 },
      merge: { operation: 'merge', output_format: 'pdf' },
      watermark: { operation: 'watermark', text: 'draft' },
    }
    const given = { right: { password: right }, wrong: { password: wrong }, missing: {} }
    const tasks = Object.entries(kinds).flatMap(([kind, options]) =>
      Object.entries(given).map(([which, password]) => [
        `${kind}-${which}`,
        { input: 'in', ignore_error: true, ...options, ...password },
      ]),
    )
    const before = (await readActivations(service.origin, home, 0)).length
    const made = await call('/v2/jobs', {
      tasks: {
        in: { operation: 'import/base64', file, filename: 'book.pdf' },
        ...Object.fromEntries(tasks),
      },
    })
    const { data } = createdSchema.parse(await made.json())
    const told = await (await call(`/v2/jobs/${data.id}/wait`)).text()
    const ended = jobSchema.parse(JSON.parse(told)).data.tasks
    for (const kind of Object.keys(kinds)) {
      for (const [which, sentence] of Object.entries(REFUSALS)) {
        const message = ended.find(({ name }) => name === `${kind}-${which}`)?.message ?? null
        const expected =
          sentence && kind === 'merge' ? `files[0] cannot be used: ${sentence}` : sentence
        assert.equal(message, expected, `${kind}, ${which}`)
      }
    }
    const activations = await readActivations(service.origin, home, before + tasks.length)
    const everything = told + JSON.stringify(activations) + service.errors()
    for (const password of [right, wrong]) assert.ok(!everything.includes(password), password)
  })

  it('recognises the text of a scan where Tesseract is, and says what to install elsewhere', async () => {
    const { tesseract } = findPrograms(process.env)
    const line = 'Invoice number 4711 of 12 March 2024'
    const files = { 'scan.jpg': await scanPage({ lines: [line] }) }
    const fields = { operation: 'pdf/ocr', language: 'eng', auto_orient: false }
    const listed = await call('/v2/operations?filter[operation]=pdf/ocr&filter[input_format]=jpg')
    const { data } = z.object({ data: z.array(z.unknown()) }).parse(await listed.json())
    assert.equal(data.length, tesseract === undefined ? 0 : 1)
    if (tesseract === undefined) {
      const told = /npm run add -- ocr eng/
      assert.match(await refusal(files, fields), told)
      return
    }
    const [made] = await make(files, fields)
    assert.equal(made?.filename, 'scan.pdf')
    const path = await pathOf(made.content)
    await writePdfText({ path, password: undefined }, `${path}.txt`)
    assert.equal(readFileSync(`${path}.txt`, 'utf8').trim(), line)
  })

  it('writes PDF/A where Ghostscript is installed, and says what to install elsewhere', async () => {
    const { gs } = findPrograms(process.env)
    const listed = await call('/v2/operations?filter[operation]=pdf/a')
    const { data } = z.object({ data: z.array(z.unknown()) }).parse(await listed.json())
    assert.equal(data.length, gs === undefined ? 0 : 1)
    if (gs === undefined) {
      const told = /^Writing a PDF as PDF\/A-2b takes Ghostscript, which is not on this machine/
      assert.match(await refusal({ 'book.pdf': book }, { operation: 'pdf/a' }), told)
      return
    }
    const fields = { operation: 'pdf/a', conformance_level: '3b' }
    const [kept] = await make({ 'book.pdf': book }, fields)
    assert.match(kept?.content.toString('latin1') ?? '', /pdfaid:part='3'/)
  })

  it('tells which PDF could not be made smaller', async () => {
    const done = { operation: 'optimize', profile: 'max' }
    const [small] = await make({ 'book.pdf': book }, done)
    const content = small?.content ?? assert.fail('there is no file')
    assert.ok(content.length < book.length)
    const made = (await run({ 'small.pdf': content }, done)).find(({ name }) => name === 'made')
    assert.match(made?.message ?? '', /^Could not be made smaller, .*: small\.pdf\.$/)
  })

  it('makes a PDF that fits into a size, or tells in its own words how small it could be', async () => {
    const files = { 'book.pdf': book }
    const least = await refusal(files, { operation: 'optimize', target_size: 100 })
    const told =
      /as small as the 100 bytes of target_size; the smallest that could be had has (\d+)/
    const [, bytes] = told.exec(least) ?? assert.fail(least)
    const done = { operation: 'optimize', target_size: Number(bytes) }
    const [made] = await make(files, done)
    assert.equal(made?.content.length, Number(bytes))
  })

  it('gives a PDF other colours, or tells what that takes', async () => {
    const done = { operation: 'optimize', colorspace: 'grayscale' }
    if (findPrograms(process.env).gs === undefined) {
      assert.match(
        await refusal({ 'book.pdf': book }, done),
        /^Changing the colours of a PDF takes/,
      )
      return
    }
    const [made] = await make({ 'book.pdf': book }, done)
    assert.deepEqual(
      await textOf(made?.content ?? assert.fail('there is no file')),
      await textOf(book),
    )
  })

  const REFUSED: [what: string, content: () => Buffer, done: object, told: RegExp][] = [
    ['a text', () => Buffer.from('some text'), { operation: 'pdf/decrypt' }, /takes PDF files/],
    [
      'a damaged file',
      () => book.subarray(0, 600),
      { operation: 'pdf/linearize' },
      /damaged or incomplete PDF/,
    ],
    [
      'pages that are not there',
      () => book,
      { operation: 'pdf/extract-pages', pages: '7-9' },
      /^pages must name a page of the PDF, which has 3 pages, but it is "7-9"\.$/,
    ],
    [
      'encryption without a password',
      () => book,
      { operation: 'pdf/encrypt' },
      /^set_password or set_owner_password must be given/,
    ],
  ]
  for (const [what, content, done, told] of REFUSED) {
    it(`says what is wrong with ${what}`, async () => {
      assert.match(await refusal({ 'book.pdf': content() }, done), told)
    })
  }
})
