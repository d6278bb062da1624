import assert from 'node:assert/strict'
import nock from 'nock'
import { putEmpty } from '../../src/fetching/put-empty.ts'
import { useNock } from '../support/nock.ts'

const HOST = 'https://storage.example.com'
const OPTIONS = { contentType: 'text/plain; charset=utf-8', pausesMs: [0, 0] }

describe('putEmpty', () => {
  useNock()

  it('puts a file without bytes, with its media type', async () => {
    const [put] = answer(201)
    await putEmpty(`${HOST}/file`, OPTIONS)
    assert.ok(put?.isDone())
  })

  it('tries again what fails for the moment', async () => {
    const puts = answer(503, 429, 200)
    await putEmpty(`${HOST}/file`, OPTIONS)
    assert.ok(puts.every((put) => put.isDone()))
  })

  for (const { title, statuses, message } of [
    { title: 'a refusal', statuses: [403], message: 'the target answered 403' },
    { title: 'a redirect', statuses: [302], message: 'the target answered 302' },
    { title: 'lasting trouble', statuses: [500, 500, 500], message: 'the target answered 500' },
    { title: 'nobody there', statuses: [], message: 'there is no connection' },
  ]) {
    it(`fails at ${title}`, async () => {
      answer(...statuses)
      await assert.rejects(putEmpty(`${HOST}/file`, OPTIONS), { name: 'FetchError', message })
    })
  }
})

/** Has the target answer so, one after the other. */
function answer(...statuses: number[]): nock.Scope[] {
  return statuses.map((status) =>
    nock(HOST, { reqheaders: { 'content-type': OPTIONS.contentType, 'content-length': '0' } })
      .put('/file', '')
      .reply(status),
  )
}
