import assert from 'node:assert/strict'
import { ServiceError } from '../../../src/base/errors.ts'
import { readJobRequest } from '../../../src/doors/jobs/api/job-request.ts'
import { OPERATIONS } from '../../../src/doors/jobs/operations/operations.ts'
import { RAW } from './jobs-fixture.ts'

const read = (body: unknown) =>
  readJobRequest(body, { operations: OPERATIONS, inputExists: async (id) => id === 'known-id' })

/** The sentences by their fields. */
async function wrongIn(body: unknown): Promise<Record<string, readonly string[]>> {
  try {
    await read(body)
  } catch (error) {
    assert.ok(error instanceof ServiceError)
    assert.equal(error.code, 'invalid')
    assert.equal(error.message, 'The given data was invalid.')
    return { ...error.fields }
  }
  return {}
}

const CONVERT = { operation: 'convert', output_format: 'png' }

describe('a request for a job', () => {
  const REFUSED: [what: string, body: unknown, field: string, sentence: RegExp][] = [
    ['no object', 'text', 'tasks', /^The tasks field is required\.$/],
    ['without tasks', {}, 'tasks', /^The tasks field is required\.$/],
    ['with an empty object of tasks', { tasks: {} }, 'tasks', /^The tasks field is required\.$/],
    ['with a list of tasks', { tasks: [RAW] }, 'tasks', /^The tasks field is required\.$/],
    ['whose task is a text', { tasks: { a: 'convert' } }, 'tasks.a', /must be an object/],
    ['whose task has no operation', { tasks: { a: {} } }, 'tasks.a.operation', /is required\.$/],
    [
      'whose operation there is not',
      { tasks: { a: { operation: 'fly' } } },
      'tasks.a.operation',
      /^operation must be one of import\/upload, .*, but it is "fly"\.$/,
    ],
    [
      'whose task has a name with a blank',
      { tasks: { 'a b': RAW } },
      'tasks.a b',
      /letters, digits, - and _\.$/,
    ],
    [
      'whose task needs an input and has none',
      { tasks: { a: CONVERT } },
      'tasks.a.input',
      /^The input field is required\.$/,
    ],
    [
      'whose input there is not',
      { tasks: { a: { ...CONVERT, input: 'b' } } },
      'tasks.a.input',
      /there is no task "b"\.$/,
    ],
    [
      'whose input_format is no format',
      { tasks: { in: RAW, a: { ...CONVERT, input: 'in', input_format: '../../x.png' } } },
      'tasks.a.input_format',
      /^input_format must be a format such as "jpg", but it is "\.\.\/\.\.\/x\.png"\.$/,
    ],
    [
      'whose input is a number',
      { tasks: { a: { ...CONVERT, input: 1 } } },
      'tasks.a.input',
      /there is no task 1\.$/,
    ],
    [
      'whose task waits for itself',
      { tasks: { a: { ...CONVERT, input: 'a' } } },
      'tasks.a.input',
      /waits for itself/,
    ],
    [
      'whose tasks wait for each other',
      { tasks: { a: { ...CONVERT, input: 'b' }, b: { ...CONVERT, input: 'a' } } },
      'tasks.a.input',
      /waits for itself/,
    ],
    [
      'whose output format there is not',
      { tasks: { in: RAW, a: { ...CONVERT, input: 'in', output_format: 'xyz' } } },
      'tasks.a.output_format',
      /^output_format must be one of png, jpg, .*, but it is "xyz"\.$/,
    ],
    [
      'whose width is no number',
      { tasks: { in: RAW, a: { ...CONVERT, input: 'in', width: 'wide' } } },
      'tasks.a.width',
      /^width must be a whole number of pixels, 1 or more, but it is "wide"\.$/,
    ],
    [
      'whose timeout is longer than a task may take',
      { tasks: { in: { ...RAW, timeout: Number.MAX_SAFE_INTEGER } } },
      'tasks.in.timeout',
      /^timeout must be a whole number of seconds, 1 to 18000, but it is 9007199254740991\.$/,
    ],
    [
      'whose webhook is no URL',
      { tasks: { in: RAW }, webhook_url: 'ftp://host/' },
      'webhook_url',
      /^webhook_url must be an absolute http: or https: URL, but it is "ftp:\/\/host\/"\.$/,
    ],
    ['whose tag is a number', { tasks: { in: RAW }, tag: 1 }, 'tag', /^tag must be a text/],
    [
      'whose file has no name',
      { tasks: { in: { ...RAW, filename: '..' } } },
      'tasks.in.filename',
      /^filename must be the name of the file/,
    ],
  ]
  for (const [what, body, field, sentence] of REFUSED) {
    it(`${what} is refused, and says so of ${field}`, async () => {
      const { [field]: [first = ''] = [] } = await wrongIn(body)
      assert.match(first, sentence)
    })
  }

  it('is told all that is wrong at once', async () => {
    const body = { tasks: { a: { operation: 'fly' }, b: CONVERT }, tag: 1 }
    assert.deepEqual(Object.keys(await wrongIn(body)).toSorted(), [
      'tag',
      'tasks.a.operation',
      'tasks.b.input',
    ])
  })

  it('may name its inputs by the names of its tasks and by the ids of others, in any order', async () => {
    const { tasks } = await read({
      tasks: { out: { operation: 'export/url', input: ['in', 'known-id'] }, in: RAW },
    })
    assert.deepEqual(tasks[0]?.inputs, [tasks[1]?.id, 'known-id'])
  })

  it('keeps what this service does not know of a task', async () => {
    const { tasks } = await read({ tasks: { in: { ...RAW, whatever: { deep: [1] } } } })
    assert.deepEqual(tasks[0]?.payload, {
      file: 'hello',
      filename: 'hello.png',
      whatever: { deep: [1] },
    })
  })
})
