import assert from 'node:assert/strict'
import { presign, readJournal, register, sendProcess, signIn, trust } from '../e2e/api-client.ts'
import { pageAddress, signInToPage } from '../e2e/developer-page.ts'
import { readJobsEnv } from '../e2e/jobs-env.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../e2e/service-process.ts'

/** What the page would tell them, had they a session. */
const SECRET = 'harbour.jpg'

describe('the developer page of a service whose workers are told to read it', function () {
  this.timeout(120_000)
  const home = useHome()
  let service: ServiceProcess
  let page: string

  before(async () => {
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts'],
      environment: { LOG_LEVEL: 'silly' },
    })
    trust(home)
    page = `${service.origin}/devtool/api/samples`
  })
  after(() => service.child.kill('SIGTERM'))

  it('tells them nothing', async () => {
    const { origin } = service
    assert.ok(
      (await (await fetch(page, { headers: await signInToPage(home) })).text()).includes(SECRET),
    )
    const headers = await signIn(origin, home)
    const journal = await register(origin, headers)
    const [text = '', zip = ''] = await Promise.all(
      ['text', 'zip'].map((name) => presign(origin, headers, name, 'rw')),
    )
    const requests = [
      { source: page, renditions: [{ fmt: 'txt', target: text }] },
      {
        source: { url: page, headers: { accept: 'text/html', origin } },
        renditions: [{ fmt: 'txt', target: text }],
      },
      { renditions: [{ fmt: 'zip', files: [{ url: page, path: 'samples.json' }], target: zip }] },
    ]
    for (const request of requests) {
      const answer = await sendProcess(origin, headers, request)
      assert.equal(answer.status, 200, await answer.text())
    }
    const entries = await readJournal(journal, headers, requests.length)
    assert.deepEqual(
      entries.map(({ event }) => event.type),
      requests.map(() => 'rendition_failed'),
    )
    for (const url of [text, zip]) assert.equal((await fetch(url)).status, 404)
  })

  it('tells no job anything', async () => {
    const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_API_URL: api } = readJobsEnv(home)
    const created = await fetch(`${api}/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ tasks: { import: { operation: 'import/url', url: page } } }),
    })
    const { data } = Object(await created.json())
    const ended = await fetch(`${api}/jobs/${data.id}/wait`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const job = await ended.text()
    assert.match(job, /"status":"error"/)
    assert.ok(!job.includes(SECRET), job)
  })

  it('has its key in no output and no log', async () => {
    const key = new URL(pageAddress(home)).searchParams.get('key') ?? ''
    assert.equal((await fetch(`${service.origin}/devtool/?key=${key}x`)).status, 401)
    const written = service.output() + service.errors()
    assert.match(written, /the developer page is at the address in .*developer-page\.html/)
    assert.match(written, /GET \/devtool\/ answered|\/devtool\/api\/samples answered 401/)
    assert.ok(!written.includes(key), 'the key is written')
  })
})
