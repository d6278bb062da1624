import assert from 'node:assert/strict'
import { inspectDraft, problemOfName } from '../../../page/job-composer/draft.ts'
import { eachOperation } from '../../../page/job-composer/operations.ts'
import { draftOfJob } from '../../../page/job-composer/stored-job.ts'
import { TEMPLATES } from '../../../page/job-composer/templates.ts'
import { ServiceError } from '../../../src/base/errors.ts'
import { readJobRequest } from '../../../src/doors/jobs/api/job-request.ts'
import { allOperations, OPERATIONS } from '../../../src/doors/jobs/operations/operations.ts'
import { COMPOSED } from './document.ts'

/** What the service says of a job, by field. */
async function refusalOf(job: unknown): Promise<Readonly<Record<string, readonly string[]>>> {
  try {
    await readJobRequest(job, { operations: OPERATIONS, inputExists: async () => false })
    return {}
  } catch (error) {
    assert.ok(error instanceof ServiceError)
    return error.fields ?? {}
  }
}

/** What the page says has to be mended of it, by field. */
function problemsOf(job: unknown): Readonly<Record<string, readonly string[]>> {
  const { problems } = inspectDraft(JSON.stringify(job), COMPOSED)
  const wrong = problems.filter(({ isRemark }) => isRemark !== true)
  const byField = Map.groupBy(wrong, ({ path }) => path.join('.'))
  return Object.fromEntries(
    Array.from(byField, ([field, found]) => [field, found.map(({ message }) => message)]),
  )
}

const UPLOAD = { operation: 'import/upload' }

describe('the draft of a job', () => {
  it('knows every operation of the service, by all of its names', () => {
    assert.deepEqual([...COMPOSED.keys()].toSorted(), [...OPERATIONS.keys()].toSorted())
    assert.deepEqual(
      eachOperation(COMPOSED).map(({ name, inputs }) => ({ name, inputs })),
      allOperations().map(({ name, inputs }) => ({ name, inputs })),
    )
    for (const { sentence } of COMPOSED.values()) assert.match(sentence, /\.$/)
  })

  for (const { title, tasks } of TEMPLATES) {
    it(`starts from ${title}, which the service takes`, async () => {
      assert.deepEqual(await refusalOf({ tasks }), {})
      assert.deepEqual(problemsOf({ tasks }), {})
    })
  }

  const WRONG: [told: string, job: object][] = [
    ['an option that is missing', { a: UPLOAD, b: { operation: 'convert', input: 'a' } }],
    [
      'a format that is none',
      { a: UPLOAD, b: { operation: 'convert', input: 'a', output_format: 'x' } },
    ],
    [
      'a number that is too large',
      { a: UPLOAD, b: { operation: 'thumbnail', input: 'a', quality: 101 } },
    ],
    [
      'a number that is none',
      { a: UPLOAD, b: { operation: 'thumbnail', input: 'a', width: '5x' } },
    ],
    [
      'pages that are none',
      { a: UPLOAD, b: { operation: 'convert', input: 'a', output_format: 'png', pages: 'all' } },
    ],
    [
      'a switch that is none',
      { a: UPLOAD, b: { operation: 'thumbnail', input: 'a', strip: 'perhaps' } },
    ],
    ['an input that is missing', { a: UPLOAD, b: { operation: 'archive' } }],
    ['an input that is no task', { a: UPLOAD, b: { operation: 'archive', input: ['a', 'c'] } }],
    ['an operation that is none', { a: { operation: 'capture' } }],
    ['an operation that is missing', { a: {} }],
    ['a name that is none', { 'a b': UPLOAD }],
    ['credentials that are missing', { a: { operation: 'import/s3', bucket: 'abc', key: 'a' } }],
    [
      'a dictionary that is none',
      { a: UPLOAD, b: { operation: 'metadata/write', input: 'a', metadata: { Title: 1 } } },
    ],
  ]
  for (const [told, tasks] of WRONG) {
    it(`says that there is ${told} where the service says it`, async () => {
      const fields = Object.keys(await refusalOf({ tasks })).map((field) =>
        // The service names the text in a dictionary, the page the dictionary.
        field.replace(/(\.metadata)\.Title$/, '$1'),
      )
      assert.ok(fields.length > 0)
      assert.deepEqual(Object.keys(problemsOf({ tasks })).toSorted(), fields.toSorted())
    })
  }

  const RIGHT: [told: string, job: object][] = [
    [
      'texts for numbers and switches',
      { a: UPLOAD, b: { operation: 'thumbnail', input: 'a', width: '5', strip: 'true' } },
    ],
    [
      'fields that are left empty',
      { a: UPLOAD, b: { operation: 'thumbnail', input: 'a', width: '', fit: null } },
    ],
    ['options that nobody knows', { a: { ...UPLOAD, odd: [1] } }],
    [
      'large letters in a format',
      { a: UPLOAD, b: { operation: 'convert', input: 'a', output_format: ' PNG' } },
    ],
    [
      'the other name of an operation',
      {
        a: UPLOAD,
        b: {
          operation: 'export/azure-blob',
          input: 'a',
          storage_account: 'abc',
          container: 'abc',
          blob: 'a',
          sas_token: 'a',
        },
      },
    ],
  ]
  for (const [told, tasks] of RIGHT) {
    it(`takes ${told} as the service does`, async () => {
      assert.deepEqual(await refusalOf({ tasks }), {})
      assert.deepEqual(problemsOf({ tasks }), {})
    })
  }

  it('uses the words of the service', async () => {
    const tasks = { a: UPLOAD, b: { operation: 'thumbnail', input: 'a', quality: 101 } }
    assert.deepEqual(problemsOf({ tasks }), await refusalOf({ tasks }))
  })

  for (const text of ['', '{', '[]', '{"tasks": 1}', '{"tasks": {"a": 1}}', '"a"']) {
    it(`says that ${JSON.stringify(text)} is no job`, () => {
      const { tasks, problems } = inspectDraft(text, COMPOSED)
      assert.equal(tasks, undefined)
      assert.equal(problems.length, 1)
    })
  }

  it('tells of a problem where it is in the text', () => {
    const text = '{"tasks": {"a": {"operation": "import/upload", "timeout": 0}}}'
    const [problem] = inspectDraft(text, COMPOSED).problems
    assert.ok(problem)
    assert.equal(text.slice(problem.offset, problem.offset + problem.length), '0')
  })

  it('knows a task by its id, too', () => {
    const input = '5e0fcf3f-9dc2-4d8e-8b9b-0d8f5a6c2d4e'
    assert.deepEqual(problemsOf({ tasks: { a: { operation: 'export/url', input } } }), {})
  })

  it('says why a task cannot be called so', () => {
    assert.match(problemOfName('a b', []) ?? '', /letters/)
    assert.match(problemOfName('a', ['a']) ?? '', /already/)
    assert.equal(problemOfName('a-1_B', ['a']), undefined)
  })
})

describe('a draft out of a job that there is', () => {
  it('is what was asked for, without what is hidden', () => {
    const { text, hidden } = draftOfJob({
      data: {
        tag: 'mine',
        tasks: [
          { name: 'a', operation: 'import/url', payload: { url: '***', filename: 'a.jpg' } },
          { name: 'b', operation: 'thumbnail', payload: { input: 'a', width: 5 } },
        ],
      },
    })
    assert.deepEqual(JSON.parse(text), {
      tasks: {
        a: { operation: 'import/url', filename: 'a.jpg' },
        b: { operation: 'thumbnail', input: 'a', width: 5 },
      },
      tag: 'mine',
    })
    assert.deepEqual(hidden, ['a.url'])
  })
})
