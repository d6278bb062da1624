import assert from 'node:assert/strict'
import { bodyOf, copyJob, describeJob } from '../../../page/copy-as/copied-job.ts'
import { copyJobAsFusion } from '../../../page/copy-as/job-fusion.ts'
import { inspectDraft } from '../../../page/job-composer/draft.ts'
import { TEMPLATES } from '../../../page/job-composer/templates.ts'
import { COMPOSED } from '../job-composer/document.ts'

type Tasks = Readonly<Record<string, object>>

const copied = (tasks: Tasks, others: object = {}) =>
  copyJob(inspectDraft(JSON.stringify({ tasks, ...others }), COMPOSED), (task) =>
    task === 'import-1' ? { path: './a.jpg', name: 'a.jpg' } : undefined,
  )

const fusion = (tasks: Tasks, others: object = {}): string => copyJobAsFusion(copied(tasks, others))

const templateTasks = (index: number): Tasks => TEMPLATES[index]?.tasks ?? {}

const UPLOAD = { operation: 'import/upload' }

describe('a job that is copied', () => {
  it('has no secrets, but says where they belong', () => {
    const job = copied({
      a: {
        operation: 'import/url',
        url: 'https://example.com/a.pdf?sig=1',
        headers: { Authorization: 'Bearer 1' },
      },
      b: { operation: 'import/url', url: 'https://example.com/b.pdf' },
      c: { operation: 'convert', input: 'a', output_format: 'png', password: 'open sesame' },
    })
    assert.deepEqual(bodyOf(job), {
      tasks: {
        a: {
          operation: 'import/url',
          url: '<url of a>',
          headers: { Authorization: '<Authorization of a>' },
        },
        b: { operation: 'import/url', url: 'https://example.com/b.pdf' },
        c: { operation: 'convert', input: 'a', output_format: 'png', password: '<password of c>' },
      },
    })
    assert.deepEqual(job.placeholders, ['<url of a>', '<Authorization of a>', '<password of c>'])
  })

  it('says which file is still to be named', () => {
    const { uploads } = copied({ 'import-1': UPLOAD, 'import-2': UPLOAD })
    assert.deepEqual(uploads, [
      { task: 'import-1', file: { path: './a.jpg', name: 'a.jpg' } },
      { task: 'import-2', file: { path: '<file of import-2>', name: '<file of import-2>' } },
    ])
  })

  it('keeps what the job has besides', () => {
    assert.deepEqual(bodyOf(copied({ a: UPLOAD }, { tag: 'mine' })), {
      tasks: { a: UPLOAD },
      tag: 'mine',
    })
  })

  it('is described by what it does', () => {
    assert.equal(
      describeJob(copied({ a: UPLOAD, b: { operation: 'merge', input: 'a' } })),
      'import/upload and merge',
    )
  })
})

describe('the modules of Fusion for a job', () => {
  it('are one module where one does it', () => {
    assert.equal(
      fusion({
        'import-1': UPLOAD,
        c: {
          operation: 'convert',
          input: 'import-1',
          output_format: 'png',
          filename: 'b.png',
          width: 5,
        },
        e: { operation: 'export/url', input: 'c' },
      }),
      `CloudConvert > Convert a File
  Connection: your connection to CloudConvert
  Input file: Upload a File
  Upload a File: the file of a module before it, such as a.jpg
  File Name: b.png
  Output Format: png
  Conversion and engine specific options
    width: 5
  Download a file: Yes
`,
    )
  })

  it('have the names that Fusion has for the profiles of optimize', () => {
    const text = fusion({
      a: { operation: 'import/url', url: 'https://example.com/a.png', headers: { A: 'b' } },
      b: { operation: 'optimize', input: 'a', profile: 'mrc' },
      c: { operation: 'export/url', input: 'b' },
    })
    assert.match(text, /^CloudConvert > Optimize a File\n/)
    assert.match(
      text,
      /Input File: Import a File from URL\n {2}URL: https:\/\/example\.com\/a\.png\n/,
    )
    assert.match(text, /Headers: \{"A":"<A of a>"\}\n {2}Optimization for: Scanned images\n/)
  })

  it('are one module for several files, too', () => {
    assert.match(fusion(templateTasks(3)), /^CloudConvert > Create an Archive\n/)
    assert.match(fusion(templateTasks(4)), /^CloudConvert > Merge Files\n/)
  })

  it('are a job of named tasks where one module does not do it', () => {
    const text = fusion(
      {
        'import-1': UPLOAD,
        a: { operation: 'convert', input: 'import-1', output_format: 'png' },
        b: { operation: 'optimize', input: 'a' },
        c: { operation: 'export/url', input: 'b' },
      },
      { tag: 'mine' },
    )
    assert.match(text, /^CloudConvert > Create a Job \(advanced\)\n/)
    assert.match(
      text,
      /\n {4}Convert a File\n {6}Name: a\n {6}Input: import-1\n {6}Output Format: png\n/,
    )
    assert.match(text, /\n {4}Export a File to Temporary URL\n {6}Name: c\n {6}Input: b\n/)
    assert.match(text, /\n {2}Tag: mine\n/)
    assert.match(text, /CloudConvert > Download a File\n/)
  })

  for (const [told, index] of [
    ['an operation that no module has', 2],
    ['an export with an option that no module has', 1],
  ] as const) {
    it(`are a call of the API for ${told}`, () => {
      const text = fusion(templateTasks(index))
      assert.match(text, /^CloudConvert > Make an API Call\n/)
      assert.match(text, /\n {2}URL: \/v2\/jobs\n {2}Method: POST\n/)
      const [, body = ''] = /\n {2}Body:\n([^]*?)\n\n/.exec(text) ?? []
      assert.deepEqual(JSON.parse(body), { tasks: templateTasks(index) })
    })
  }
})
