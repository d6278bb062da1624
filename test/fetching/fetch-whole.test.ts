import assert from 'node:assert/strict'
import { fetchWhole } from '../../src/fetching/fetch-whole.ts'
import { useStranger } from './stranger.ts'

const LIMITS = { mostBytes: 3, timeMs: 10_000 }

describe('fetchWhole', () => {
  /** What the server sends; nothing, and no end of it, when undefined. */
  let content: string | undefined
  let asked: (() => void) | undefined
  const stranger = useStranger((response) => {
    asked?.()
    response.writeHead(200).write(content ?? 'a')
    if (content !== undefined) response.end()
  })
  const fetchIt = (options: Partial<Parameters<typeof fetchWhole>[1]> = {}): Promise<Buffer> =>
    fetchWhole(`${stranger.origin}/file`, { ...LIMITS, ...options })

  it('brings all bytes of a file that has as many as it may', async () => {
    content = 'abc'
    assert.equal(String(await fetchIt()), 'abc')
  })

  it('fails when a file has one byte more', async () => {
    content = 'abcd'
    await assert.rejects(fetchIt(), { name: 'FetchError', message: 'it has more than 3 bytes' })
  })

  it('fails when a file takes too long', async () => {
    content = undefined
    await assert.rejects(fetchIt({ timeMs: 100 }), {
      name: 'FetchError',
      message: 'it took more than 0.1 seconds',
    })
  })

  it('ends when whoever asks has enough, with what they say', async () => {
    content = undefined
    const enough = new AbortController()
    asked = () => enough.abort(new Error('enough'))
    await assert.rejects(fetchIt({ signal: enough.signal }), { message: 'enough' })
  })
})
