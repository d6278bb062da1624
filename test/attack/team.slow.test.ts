import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type Service, startService } from '../../src/compose/service.ts'
import { readConfig } from '../../src/config.ts'
import { readScene7Env } from '../../src/doors/scene7/scene7-env.ts'
import { caFile } from '../../src/http/certificate-files.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import { presign, readJournal, register, sendProcess, signIn, upload } from '../e2e/api-client.ts'
import { readJobsEnv } from '../e2e/jobs-env.ts'
import { drawPhoto } from '../e2e/photo.ts'
import { useHome } from '../e2e/service-process.ts'
import { useStranger } from '../fetching/stranger.ts'

const quiet = (): void => undefined

describe('the service of a team', function () {
  this.timeout(120_000)
  const home = useHome()
  const trusted = getCACertificates('default')
  const asked: string[] = []
  const stranger = useStranger((response, request) => {
    asked.push(request.url ?? '')
    response.end('secret')
  })
  let service: Service

  before(async () => {
    const { ca, cert, key } = await makeCertificates(Date.now())
    const tls = { cert: path.join(home, 'cert.pem'), key: path.join(home, 'key.pem') }
    writeFileSync(tls.cert, `${cert}\n${ca}\n`)
    writeFileSync(tls.key, key)
    const place = { address: '0.0.0.0', tls, url: undefined, isTeam: true }
    service = await startService({
      config: { ...readConfig(), home, port: 0, place },
      log: { error: console.error, warn: quiet, info: quiet, debug: quiet },
      warm: [],
      images: {},
      page: {
        samples: 'samples',
        cases: path.join(home, 'none'),
        startMocked: () => assert.fail('no case is run'),
      },
    })
  })
  after(async () => {
    await service?.stop(0)
    setDefaultCACertificates(trusted)
  })

  it('is called as its certificate says, and tells clients to trust who has signed it', () => {
    assert.match(service.origin, /^https:\/\/localhost:\d+$/)
    const certificate = readFileSync(path.join(home, 'cert.pem'), 'utf8')
    assert.equal(readFileSync(caFile(home), 'utf8'), certificate)
  })

  it('shows its page to administrators alone', async () => {
    const { origin } = service
    assert.deepEqual(service.page, { url: `${origin}/` })
    assert.equal((await fetch(`${origin}/devtool/api/samples`)).status, 401)
    const { user = '', password = '' } = await readScene7Env(home)
    const answer = await fetch(`${origin}/devtool/sign-in`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ user, password }),
    })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    const seen = await fetch(`${origin}/devtool/api/samples`, { headers: { cookie } })
    assert.equal(seen.status, 200)
    const left = await fetch(`${origin}/devtool/sign-out`, {
      method: 'POST',
      headers: { origin, cookie },
    })
    assert.equal(left.status, 204)
    const gone = await fetch(`${origin}/devtool/api/samples`, { headers: { cookie } })
    assert.equal(gone.status, 401)
  })

  it('fetches sources from its own storage and not from what is around it', async () => {
    const { origin } = service
    const headers = await signIn(origin, home)
    const journal = await register(origin, headers)
    const own = await upload(origin, headers, 'photo.jpg', await drawPhoto(60, 40))
    const target = await presign(origin, headers, 'target', 'rw')
    const others = [`${stranger.origin}/a.jpg`, 'https://10.0.0.1/a.jpg', 'https://[::1]/a.jpg']
    for (const source of [own, ...others]) {
      const renditions = [{ name: source, fmt: 'png', target }]
      assert.equal((await sendProcess(origin, headers, { source, renditions })).status, 200)
    }
    const entries = await readJournal(journal, headers, others.length + 1)
    const told = entries.map(({ event }): [string, string, boolean] => {
      const { type, errorMessage = '', rendition } = Object(event)
      return [rendition.name, type, /not one that this service may connect to/.test(errorMessage)]
    })
    assert.deepEqual(
      told.toSorted(([one], [two]) => one.localeCompare(two)),
      [
        [own, 'rendition_created', false],
        ...others.map((name) => [name, 'rendition_failed', true]),
      ].toSorted(([one], [two]) => String(one).localeCompare(String(two))),
    )
  })

  it('imports files from its own storage and not from what is around it', async () => {
    const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_API_URL: api } = readJobsEnv(home)
    const authorization = `Bearer ${key}`
    const credentials = await signIn(service.origin, home)
    const own = await upload(service.origin, credentials, 'text.txt', 'hello')
    const run = async (url: string): Promise<string> => {
      const created = await fetch(`${api}/jobs`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ tasks: { import: { operation: 'import/url', url } } }),
      })
      const { data } = Object(await created.json())
      const ended = await fetch(`${api}/jobs/${data.id}/wait`, { headers: { authorization } })
      return Object(await ended.json()).data.status
    }
    assert.equal(await run(own), 'finished')
    assert.equal(await run(`${stranger.origin}/c.txt`), 'error')
    assert.deepEqual(asked, [])
  })
})
