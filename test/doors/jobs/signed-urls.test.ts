import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { openTestJobs, RAW } from './jobs-fixture.ts'

const ORIGIN = 'https://darkroom.test'
const encode = (job: unknown): string =>
  encodeURIComponent(Buffer.from(JSON.stringify(job)).toString('base64'))

const JOB = { tasks: { raw: RAW, export: { operation: 'export/url', input: 'raw' } } }
const OTHER = { tasks: { ...JOB.tasks, raw: { ...RAW, file: 'other' } } }

describe('a URL that is a job', () => {
  let jobs: Awaited<ReturnType<typeof openTestJobs>>
  let id: string
  let secret: string

  before(async () => {
    jobs = await openTestJobs()
    const [user] = jobs.accounts.users()
    assert.ok(user)
    id = user.signedUrlId
    secret = user.signedUrlSecret
  })
  after(() => jobs.close())

  const ask = (path: string) => jobs.request(path, { headers: { authorization: '' } })

  function sign(path: string, key = secret): string {
    return `${path}&s=${createHmac('sha256', key).update(`${ORIGIN}${path}`).digest('hex')}`
  }

  it('leads to its file, without a key', async () => {
    const { status, headers } = await ask(sign(`/v2/s/${id}?job=${encode(JOB)}&cache_key=a`))
    assert.equal(status, 302)
    assert.match(headers.get('location') ?? '', /hello\.png/)
  })

  const signed = () => sign(`/v2/s/${id}?job=${encode(JOB)}&cache_key=b`)
  const ALTERED: [what: string, alter: () => string][] = [
    ['is not signed', () => signed().replace(/&s=.*/, '')],
    ['has an empty signature', () => signed().slice(0, -64)],
    ['has half a signature', () => signed().slice(0, -32)],
    ['has a longer signature', () => `${signed()}00`],
    ['has a signature of zeros', () => `${signed().slice(0, -64)}${'0'.repeat(64)}`],
    ['has a signature that is no number', () => `${signed().slice(0, -64)}${'x'.repeat(64)}`],
    ['has another key of the cache', () => signed().replace('cache_key=b', 'cache_key=a')],
    ['has another key of the cache before', () => signed().replace('?job', '?cache_key=a&job')],
    ['has another key of the cache behind', () => `${signed()}&cache_key=a`],
    ['has no key of the cache', () => signed().replace('&cache_key=b', '')],
    ['has another job', () => signed().replace(encode(JOB), encode(OTHER))],
    ['has another job before', () => signed().replace('?job', `?job=${encode(OTHER)}&job`)],
    ['has another job behind', () => `${signed()}&job=${encode(OTHER)}`],
    ['is signed twice', () => `${signed()}&s=${signed().slice(-64)}`],
    ['has a fragment behind', () => `${signed()}%23a`],
    ['is of another user', () => signed().replace(id, 'c54af3cf-541f-4001-9f2c-68a981fba01a')],
    ['is of no user', () => signed().replace(id, '')],
    ['is at another address', () => signed().replace('/v2/s/', '/v2/s//')],
    ['is signed with another secret', () => sign(`/v2/s/${id}?job=${encode(JOB)}`, 'other')],
    ['is signed with no secret', () => sign(`/v2/s/${id}?job=${encode(JOB)}`, '')],
  ]
  for (const [what, alter] of ALTERED) {
    it(`leads nowhere that ${what}`, async () => {
      const { status, headers } = await ask(alter())
      assert.ok([401, 403, 404].includes(status), String(status))
      assert.equal(headers.get('location'), null)
    })
  }
})
