import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type MockServer, startMockServer } from '../../../src/cases/mocks/mock-server.ts'
import { beginMocks, mockedHost } from '../../../src/cases/mocks/mocks.ts'
import { redirectingNodeOptions, redirectOptions } from '../../../src/cases/mocks/settings.ts'
import { makeCertificates } from '../../../src/http/certificates.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const HOSTS = ['example.com', 'api.example.org', 'nowhere.invalid']

const PORTS = { 'example.com:443': 1234 }

const listener = () => undefined

function lead(...args: unknown[]): readonly unknown[] {
  return redirectOptions(args, PORTS)
}

describe('the mock server', () => {
  const folder = useTemporaryFolder()
  let server: MockServer

  before(async () => {
    const { ca, cert, key } = await makeCertificates(Date.now(), HOSTS)
    server = await startMockServer({ hosts: HOSTS, cert, key })
    await writeFile(folder.pathTo('mocks.json'), JSON.stringify({ ca, ports: server.ports }))
  })
  after(() => server.close())
  afterEach(() => server.end())

  async function mock(host: string, expectations: unknown): Promise<string> {
    const file = folder.pathTo(`mock-${host}.json`)
    await writeFile(file, JSON.stringify(expectations))
    return file
  }

  /** Runs code in a process that is led to the mocks; resolves with what it printed. */
  function run(code: string): Promise<string> {
    const env = {
      ...process.env,
      NODE_OPTIONS: redirectingNodeOptions(folder.pathTo('mocks.json')),
    }
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', code],
        { env },
        (_error, stdout, stderr) => resolve(`${stdout}${stderr}`),
      )
    })
  }

  it('answers fetch, node:https, node:http and node:tls, over TLS with a certificate of its hosts', async () => {
    const files = [
      await mock('example.com', { httpResponse: { body: 'com' } }),
      await mock('api.example.org', [{ httpResponse: { statusCode: 201, body: 'org' } }]),
    ]
    await beginMocks(server, files)
    const code = `
      import { get } from 'node:https'
      import { get as getHttp } from 'node:http'
      import { connect } from 'node:tls'
      import { text } from 'node:stream/consumers'
      const response = await fetch('https://example.com/a?b=1')
      console.log(response.status, await response.text())
      console.log((await fetch('http://example.com/plain')).status)
      console.log(await new Promise((resolve) => get('https://api.example.org/', async (r) => resolve(r.statusCode + await text(r)))))
      console.log(await new Promise((resolve) => getHttp('http://api.example.org/', async (r) => resolve(r.statusCode + await text(r)))))
      const socket = connect(443, 'example.com', { servername: 'example.com' }, () => {
        console.log(socket.authorized)
        socket.end()
      })
      await new Promise((resolve) => socket.on('close', resolve))
    `
    assert.equal(await run(code), '200 com\n200\n201org\n201org\ntrue\n')
    assert.deepEqual(server.end().calls, [
      'mock example.com: GET /a?b=1 → 200',
      'mock example.com: GET /plain → 200',
      'mock api.example.org: GET / → 201',
      'mock api.example.org: GET / → 201',
    ])
  })

  it('reaches the threads and the child processes of a process as well', async () => {
    await beginMocks(server, [await mock('example.com', { httpResponse: { body: 'com' } })])
    const code = `
      import { execFileSync } from 'node:child_process'
      import { Worker } from 'node:worker_threads'
      const code = 'fetch("https://example.com/").then((r) => r.text()).then(console.log)'
      await new Promise((resolve) => new Worker(code, { eval: true }).on('exit', resolve))
      const child = execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', 'require("node:https").get("https://example.com/", (r) => r.pipe(process.stdout))'], { encoding: 'utf8' })
      console.log(child)
    `
    assert.equal(await run(code), 'com\ncom\n')
  })

  it('answers 404 when no expectation matches, or none does any more', async () => {
    const expectations = [
      {
        httpRequest: { path: '/a' },
        httpResponse: { body: 'twice' },
        times: { remainingTimes: 2 },
      },
      {
        httpRequest: { path: '/b' },
        httpResponse: { body: 'gone' },
        timeToLive: { timeUnit: 'SECONDS', timeToLive: 0 },
      },
    ]
    await beginMocks(server, [await mock('example.com', expectations)])
    const code = `
      for (const path of ['a', 'a', 'a', 'b', 'c']) {
        const response = await fetch('https://example.com/' + path)
        console.log(response.status, await response.text())
      }
    `
    assert.equal(await run(code), '200 twice\n200 twice\n404 \n404 \n404 \n')
    assert.equal(
      server.end().calls.at(-1),
      'mock example.com: GET /c → 404, since no expectation matches',
    )
  })

  it('tells which expectations nobody has met, but for those that are optional', async () => {
    const answer = { httpResponse: {} }
    const files = [
      await mock('example.com', [
        { httpRequest: { method: 'POST', path: '/v1/tags' }, ...answer },
        { httpRequest: { path: '/a' }, httpError: { dropConnection: true } },
        { httpRequest: { path: '/b' }, ...answer, optional: true },
        { httpRequest: { path: '/c' }, ...answer, times: { remainingTimes: 0 } },
        { httpRequest: { path: { not: true, value: '/.*' } }, ...answer },
      ]),
      await mock('api.example.org', answer),
    ]
    await beginMocks(server, files)
    await run(`await fetch('https://example.com/a').catch(() => undefined)`)
    assert.deepEqual(server.end().uncalled, [
      'mock-example.com.json [0] (POST /v1/tags)',
      'mock-example.com.json [4] (!/.*)',
      'mock-api.example.org.json [0]',
    ])
  })

  it('sends what the answer says, and drops what it does not answer', async () => {
    const expectations = [
      {
        httpRequest: { path: '/a' },
        httpResponse: {
          statusCode: 299,
          reasonPhrase: 'Odd',
          headers: { 'X-A': ['1', '2'], 'Transfer-Encoding': ['chunked'] },
          body: { type: 'BINARY', base64Bytes: 'AP8=' },
          delay: { timeUnit: 'MILLISECONDS', value: 30 },
        },
      },
      { httpError: { dropConnection: true } },
    ]
    await beginMocks(server, [await mock('example.com', expectations)])
    const code = `
      const start = performance.now()
      const response = await fetch('https://example.com/a')
      const bytes = Buffer.from(await response.arrayBuffer()).toString('hex')
      console.log(response.status, response.statusText, response.headers.get('x-a'), bytes, performance.now() - start >= 29)
      console.log(await fetch('https://example.com/b').catch((error) => error.cause.code))
    `
    assert.equal(await run(code), '299 Odd 1, 2 00ff true\nUND_ERR_SOCKET\n')
  })

  it('leads to the hosts themselves what is not mocked at the moment', async () => {
    const real = createServer((_, response) => response.end('real')).listen(0, '127.0.0.1')
    await once(real, 'listening')
    const address = real.address()
    assert.ok(typeof address === 'object' && address !== null)
    await beginMocks(server, [await mock('example.com', { httpResponse: {} })])
    // Of the mocked hosts this one has no expectations, and there is none of its name.
    const code = `
      const tell = (response) => response.text(), fail = (error) => error.name
      console.log(await fetch('http://nowhere.invalid/').then(tell, fail))
      console.log(await fetch('http://localhost:${address.port}/').then(tell, fail))
    `
    assert.equal(await run(code), 'TypeError\nreal\n')
    real.close()
    assert.deepEqual(server.end().calls, [])
  })

  it('forgets with each case what the one before has said', async () => {
    await beginMocks(server, [await mock('example.com', { httpResponse: { body: 'first' } })])
    await beginMocks(server, [await mock('example.com', { httpResponse: { body: 'second' } })])
    const code = `console.log(await (await fetch('https://example.com/')).text())`
    assert.equal(await run(code), 'second\n')
  })

  it('names the file in which something is wrong', async () => {
    const file = await mock('example.com', [{ httpResponse: {}, httpClassCallback: {} }])
    await assert.rejects(beginMocks(server, [file]), {
      message: /^mock-example\.com\.json: \[0\] has an unknown field "httpClassCallback"; /,
    })
  })

  it('is for the host that the name of a file has', () => {
    assert.equal(mockedHost('/a/b/mock-Upload.Wikimedia.org.json'), 'upload.wikimedia.org')
  })
})

describe('the arguments of a connection', () => {
  const SAME: readonly unknown[][] = [
    [{ host: 'example.com', port: 80 }, listener],
    [{ host: 'example.org', port: 443 }],
    [{ path: '/a/socket' }],
    ['/a/socket', listener],
    [443, listener],
    [443],
    [],
  ]

  it('are those of the mock server where there is one', () => {
    const options = { host: '127.0.0.1', port: 1234 }
    assert.deepEqual(lead({ host: 'example.com', port: 443, servername: 'a' }, listener), [
      { ...options, servername: 'a' },
      listener,
    ])
    assert.deepEqual(lead({ host: 'Example.com.', port: '443' }), [options, undefined])
    assert.deepEqual(lead(443, 'example.com', listener), [1234, '127.0.0.1', listener])
  })

  it('keep the mark that Node.js has put on them', () => {
    const mark = Symbol('mark')
    const normalized = Object.assign([{ host: 'example.com', port: 443 }, null], { [mark]: true })
    const [first] = lead(normalized)
    assert.equal(first, normalized)
    assert.deepEqual(normalized[0], { host: '127.0.0.1', port: 1234 })
    assert.equal(normalized[mark], true)
  })

  it('are left alone otherwise', () => {
    for (const args of SAME) assert.deepEqual(lead(...args), args)
  })
})
