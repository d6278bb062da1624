import assert from 'node:assert/strict'
import { followJob } from '../../../src/client/jobs/follow-job.ts'
import { readServerSentEvents } from '../../../src/client/jobs/server-sent-events.ts'

const task = (status: string) => ({ id: 't', name: 'convert', operation: 'convert', status })
const job = (status: string) => ({ id: 'j', status, tasks: [task(status)] })

function stream(...events: [event: string, data: object][]): Response {
  const blocks = events.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  return new Response(blocks.join(''))
}

/** A stream that breaks off after these events, as one does on which nothing comes for minutes. */
function broken(...events: [event: string, data: object][]): Response {
  async function* chunks() {
    yield new Uint8Array(await stream(...events).arrayBuffer())
    throw new TypeError('terminated')
  }
  return new Response(ReadableStream.from(chunks()))
}

async function follow(...streams: Response[]) {
  const told: string[] = []
  const ended = await followJob({
    open: async () => streams.shift() ?? assert.fail('there is no other stream'),
    onTask: ({ status }) => told.push(status),
  })
  return { ended: ended.status, told, left: streams.length }
}

describe('following a job', () => {
  it('tells of each change of a task once, and ends with the job', async () => {
    const events = stream(
      ['job.updated', job('waiting')],
      ['task.updated', task('processing')],
      ['task.updated', task('processing')],
      ['task.finished', task('finished')],
      ['job.finished', job('finished')],
    )
    assert.deepEqual(await follow(events), {
      ended: 'finished',
      told: ['waiting', 'processing', 'finished'],
      left: 0,
    })
  })

  it('reads a job that has ended before', async () => {
    assert.equal((await follow(stream(['job.updated', job('error')]))).ended, 'error')
  })

  for (const [what, first] of [
    ['ends', stream(['job.updated', job('waiting')])],
    ['breaks off', broken(['job.updated', job('waiting')])],
  ] as const) {
    it(`goes on with another stream when one ${what} before the job`, async () => {
      assert.deepEqual(await follow(first, stream(['job.updated', job('finished')])), {
        ended: 'finished',
        told: ['waiting', 'finished'],
        left: 0,
      })
    })
  }

  it('rejects with what the stream cannot be opened for', async () => {
    const options = {
      open: () => Promise.reject(new Error('no such job')),
      onTask: () => undefined,
    }
    await assert.rejects(followJob(options), /no such job/)
  })

  it('rejects what is no job', async () => {
    await assert.rejects(follow(stream(['job.updated', { id: 3 }])))
  })
})

describe('reading server-sent events', () => {
  const texts: [what: string, chunks: string[], events: [event: string, data: string][]][] = [
    ['an event', ['event: a\ndata: 1\n\n'], [['a', '1']]],
    ['an event in pieces', ['eve', 'nt: a\nda', 'ta: 1\n', '\n'], [['a', '1']]],
    [
      'lines that end with CRLF, also cut in two',
      ['event: a\r', '\ndata: 1\r\n\r\n'],
      [['a', '1']],
    ],
    ['data of several lines', ['data: 1\ndata:2\n\n'], [['message', '1\n2']]],
    ['comments and unknown fields', [': hello\nid: 3\nretry: 1\ndata: 1\n\n'], [['message', '1']]],
    ['no event without data', ['event: a\n\ndata: 1\n\n'], [['message', '1']]],
    ['no event that breaks off', ['data: 1\n\ndata: 2\n'], [['message', '1']]],
  ]
  for (const [what, chunks, expected] of texts) {
    it(`reads ${what}`, async () => {
      const events: [string, string][] = []
      const body = ReadableStream.from(chunks.map((chunk) => Buffer.from(chunk)))
      for await (const { event, data } of readServerSentEvents(body)) events.push([event, data])
      assert.deepEqual(events, expected)
    })
  }

  it('reads a letter whose bytes come one by one', async () => {
    const bytes = [...Buffer.from('data: é\n\n')].map((byte) => Uint8Array.of(byte))
    const { value } = await readServerSentEvents(ReadableStream.from(bytes)).next()
    assert.deepEqual(value, { event: 'message', data: 'é' })
  })
})
