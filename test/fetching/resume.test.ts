import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { FetchError, type FetchedFile } from '../../src/fetching/fetched-file.ts'
import { retrying } from '../../src/fetching/resume.ts'
import { sourceOf } from '../engine/archive/archive-fixture.ts'

const URL_OF_A = 'https://example.com/a'
const DATA = Buffer.from('0123456789')

/** What an attempt to open a source comes to. */
type Attempt = (from: number) => FetchedFile

/** Reads a source that answers each attempt in turn. */
async function read(attempts: readonly Attempt[], pausesMs: readonly number[] = [1, 2, 3]) {
  const [starts, paused]: [number[], number[]] = [[], []]
  const open = retrying(
    async (_url, { from }) => {
      const attempt = attempts[starts.length]
      starts.push(from)
      if (attempt === undefined) throw new Error('there are too many attempts')
      return attempt(from)
    },
    {
      pausesMs,
      pause: async (ms) => {
        paused.push(ms)
      },
    },
  )
  const controller = new AbortController()
  const { content } = await open(URL_OF_A, { from: 0, signal: controller.signal })
  return { data: String(await buffer(content)), starts, paused }
}

function refuse(temporary: boolean): Attempt {
  return () => {
    throw new FetchError('the server answered 503', { temporary })
  }
}

/** Brings the data up to a byte, and then breaks off. */
function until(end: number, facts: Partial<FetchedFile> = { size: 10 }): Attempt {
  return (from) => {
    async function* content(): AsyncGenerator<Uint8Array> {
      yield DATA.subarray(facts.start ?? from, end)
      if (end < DATA.length) throw new FetchError('it broke off', { temporary: true })
    }
    return sourceOf(content(), { start: from, ...facts })
  }
}

describe('a source that fails for the moment', () => {
  const cases: { title: string; attempts: readonly Attempt[]; starts: readonly number[] }[] = [
    {
      title: 'is opened again',
      attempts: [refuse(true), refuse(true), until(10)],
      starts: [0, 0, 0],
    },
    {
      title: 'is read on where it broke off, as often as there are pauses',
      attempts: [until(3), until(3), refuse(true), until(10)],
      starts: [0, 3, 3, 3],
    },
    {
      title: 'is read from its start when it cannot start elsewhere',
      attempts: [until(3), until(5, { size: 10, start: 0 }), until(10, { size: 10, start: 0 })],
      starts: [0, 3, 5],
    },
    {
      title: 'is read from its start when its size is unknown',
      attempts: [until(3, {}), until(2, {}), until(10, {})],
      starts: [0, 0, 0],
    },
    {
      title: 'is read on when it ended early without an error',
      attempts: [() => sourceOf('0123', { size: 10 }), until(10)],
      starts: [0, 4],
    },
  ]
  for (const { title, attempts, starts } of cases) {
    it(title, async () => {
      const pauses = [1, 2, 3].slice(0, attempts.length - 1)
      assert.deepEqual(await read(attempts), { data: '0123456789', starts, paused: pauses })
    })
  }

  it('is read from a byte on, and goes on behind it', async () => {
    const attempts = [until(7), until(10)]
    const starts: number[] = []
    const open = retrying(
      async (_url, { from }) => {
        const attempt = attempts[starts.length]
        starts.push(from)
        return attempt?.(from) ?? assert.fail('there are too many attempts')
      },
      { pausesMs: [1], pause: async () => undefined },
    )
    const { signal } = new AbortController()
    const { content, start } = await open(URL_OF_A, { from: 4, signal })
    assert.deepEqual([start, String(await buffer(content)), starts], [4, '456789', [4, 7]])
  })

  const failures: { title: string; attempts: readonly Attempt[]; message: string }[] = [
    {
      title: 'for longer',
      attempts: Array.from({ length: 4 }, () => refuse(true)),
      message: 'the server answered 503',
    },
    { title: 'for good', attempts: [refuse(false)], message: 'the server answered 503' },
    {
      title: 'and has another version then',
      attempts: [until(3, { size: 10, version: '"a"' }), until(10, { size: 10, version: '"b"' })],
      message: 'it changed while it was being fetched',
    },
    {
      title: 'and has another size then',
      attempts: [until(3), until(10, { size: 11 })],
      message: 'it changed while it was being fetched',
    },
  ]
  for (const { title, attempts, message } of failures) {
    it(`fails when it does so ${title}`, async () => {
      await assert.rejects(read(attempts), { name: 'FetchError', message })
    })
  }

  it('is given up at once when nobody wants it any more', async () => {
    const controller = new AbortController()
    const open = retrying(
      async () => {
        controller.abort(new Error('given up'))
        throw new FetchError('the server answered 503', { temporary: true })
      },
      { pause: async () => assert.fail('there is no pause') },
    )
    await assert.rejects(open(URL_OF_A, { from: 0, signal: controller.signal }), {
      message: 'given up',
    })
  })
})
