import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { runRequestsSchema } from '../../src/doors/page/api.ts'
import { presign, readConsole, readJournal, register, signIn, trust } from './api-client.ts'
import { pageAddress, signInToPage } from './developer-page.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

/**
 * A home that the version before orders made: a registered client with one request that had ended and two that were under way
 * when the service was killed, an object, a deployed package with an action, and a request and a profile of the developer
 * page.
 */
const OLDER = path.resolve('test/homes/0.1.0')
const OBJECT = 'assets/hello.txt'
const PAGE_REQUEST = 'd01dc15d-e26c-4f9a-94b7-5bd288c4412a'

const eventSchema = z.looseObject({ type: z.string(), requestId: z.string() })
const pageRequestSchema = z.looseObject({
  renditions: z.array(z.looseObject({ state: z.string() })),
})

describe('a home that an older version made', function () {
  this.timeout(120_000)
  const home = useHome()
  let service: ServiceProcess
  let headers: Record<string, string>

  before(async () => {
    cpSync(OLDER, home, { recursive: true })
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts'],
    })
    trust(home)
    headers = await signIn(service.origin, home)
  })
  after(async () => {
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
  })

  it('has its client registered, its ended request in the journal, and those under way come to their end', async () => {
    const journal = await register(service.origin, headers)
    assert.match(journal, /\/329e38c3-51aa-4d5c-9442-ba085370b7b8$/)
    const entries = await readJournal(journal, headers, 4)
    const events = entries.map(({ event }) => eventSchema.parse(event))
    assert.deepEqual(
      events.map(({ requestId, type }) => `${requestId} ${type}`).toSorted(),
      ['ended', 'pending-0', 'pending-1', 'pending-2'].map((id) => `${id} rendition_created`),
    )
  })

  it('has its objects', async () => {
    const url = await presign(service.origin, headers, OBJECT, 'r')
    assert.equal(await (await fetch(url)).text(), 'hello\n')
  })

  it('has its deployed actions', async () => {
    const { auth } = readConsole(home).namespace
    const invoke = `${service.origin}/api/v1/namespaces/_/actions/tools/hello?blocking=true&result=true`
    const response = await fetch(invoke, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(auth).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: '{"name": "Ada"}',
    })
    assert.deepEqual(await response.json(), { said: 'Good morning, Ada' })
  })

  it('has what the developer page remembers', async () => {
    const api = `${service.origin}/devtool/api`
    const init = { headers: await signInToPage(home) }
    const request = await (await fetch(`${api}/requests/${PAGE_REQUEST}`, init)).json()
    assert.deepEqual(
      pageRequestSchema.parse(request).renditions.map(({ state }) => state),
      ['created'],
    )
    assert.match(await (await fetch(`${api}/profiles`, init)).text(), /"small"/)
    const run = await (await fetch(`${api}/runs/${PAGE_REQUEST}`, init)).json()
    assert.deepEqual(
      runRequestsSchema.parse(run).requests.map(({ id }) => id),
      [PAGE_REQUEST],
    )
  })

  it('tells the key of the developer page in a file alone, where its output is no terminal', () => {
    const written = service.output() + service.errors()
    assert.match(written, /the developer page is at the address in .*developer-page\.html/)
    const key = new URL(pageAddress(home)).searchParams.get('key') ?? assert.fail('there is none')
    assert.ok(!written.includes(key), 'the key is written')
  })
})
