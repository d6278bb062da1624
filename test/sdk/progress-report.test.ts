import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { beginReports, createReport, reportOf } from '../../src/sdk/progress-report.ts'

/** What is posted of values that are told at some times, in milliseconds. */
async function posted(told: readonly [at: number, done: number][]): Promise<number[]> {
  const sent: number[] = []
  let time = 0
  const report = createReport(
    async (done) => void sent.push(done),
    () => time,
  )
  for (const [at, done] of told) {
    time = at
    report(done)
    await new Promise(setImmediate)
  }
  return sent
}

describe('a report of progress', () => {
  const cases: [title: string, told: [at: number, done: number][], sent: number[]][] = [
    ['the beginning', [[0, 0]], [0]],
    ['whole per cents', [[0, 0.129]], [0.12]],
    [
      'nothing twice',
      [
        [0, 0.5],
        [2000, 0.505],
      ],
      [0.5],
    ],
    [
      'nothing that is less',
      [
        [0, 0.5],
        [2000, 0.2],
      ],
      [0.5],
    ],
    [
      'one thing a second',
      [
        [0, 0.1],
        [999, 0.2],
        [1000, 0.3],
        [1500, 0.4],
      ],
      [0.1, 0.3],
    ],
    [
      'not that all is done',
      [
        [0, 0.99],
        [2000, 1],
      ],
      [0.99],
    ],
  ]
  for (const [title, told, sent] of cases) {
    it(`posts ${title}`, async () => assert.deepEqual(await posted(told), sent))
  }

  it('posts one at a time', async () => {
    const sent: number[] = []
    const first = Promise.withResolvers<void>()
    let time = 0
    const report = createReport(
      (done) => {
        sent.push(done)
        return first.promise
      },
      () => time,
    )
    report(0.1)
    time = 10_000
    report(0.2)
    first.resolve()
    await new Promise(setImmediate)
    report(0.3)
    assert.deepEqual(sent, [0.1, 0.3])
  })

  describe('of a rendition', () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    const userData = { mark: { order: 1, item: 2 } }
    const posts: { body: string; signature: string }[] = []
    let came = Promise.withResolvers<void>()
    let answer = 200

    async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const signature = String(request.headers['x-ac-hmac-signature'])
      posts.push({ body: await text(request), signature })
      response.writeHead(answer).end()
      came.resolve()
    }
    const server = createServer((request, response) => void take(request, response))
    let webhookUrl = ''
    before(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      assert.ok(typeof address === 'object' && address !== null)
      webhookUrl = `http://127.0.0.1:${address.port}/asset-compute/events`
    })
    after(() => {
      server.closeAllConnections()
      server.close()
    })
    beforeEach(() => {
      posts.length = 0
      came = Promise.withResolvers()
      answer = 200
    })

    const params = (auth: object) => ({
      renditions: [],
      auth: { webhookUrl, ...auth },
      hmacPrivateKey: Buffer.from(privateKey).toString('base64'),
    })

    it('is signed as events are, and says which rendition it is by its userData', async () => {
      const rendition = { instructions: { fmt: 'mp4', password: 'secret', userData } }
      beginReports(rendition, params({ reportsProgress: true }))
      reportOf(rendition)(0.256)
      await came.promise
      const [{ body, signature } = { body: '', signature: '' }] = posts
      assert.deepEqual(JSON.parse(body), {
        event_code: 'asset_compute',
        event: { type: 'rendition_progress', rendition: { userData }, done: 0.25 },
      })
      const key = createPublicKey(privateKey)
      assert.ok(verify('sha256', Buffer.from(body), key, Buffer.from(signature, 'base64')))
    })

    it('goes on when a post is refused', async () => {
      answer = 500
      const rendition = { instructions: { userData } }
      beginReports(rendition, params({ reportsProgress: true }))
      reportOf(rendition)(0.1)
      await came.promise
      assert.equal(posts.length, 1)
    })

    for (const [title, auth, instructions] of [
      ['who has not asked', {}, { userData }],
      ['who asks for something else', { reportsProgress: 'yes' }, { userData }],
      ['who could not know what it is about', { reportsProgress: true }, {}],
    ] as const) {
      it(`is not made to one ${title}`, () => {
        const rendition = { instructions }
        const silent = reportOf({})
        beginReports(rendition, params(auth))
        assert.equal(String(reportOf(rendition)), String(silent))
        reportOf(rendition)(0.5)
        assert.deepEqual(posts, [])
      })
    }
  })
})
