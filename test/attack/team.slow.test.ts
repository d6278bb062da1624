import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { readScene7Env } from '../../src/doors/scene7/scene7-env.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import {
  presign,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from '../e2e/api-client.ts'
import { readJobsEnv } from '../e2e/jobs-env.ts'
import { drawPhoto } from '../e2e/photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../e2e/service-process.ts'
import { useStranger } from '../fetching/stranger.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const command = [process.execPath, 'src/cli/start.ts']

describe('the service of a team', function () {
  this.timeout(120_000)
  const home = useHome()
  const folder = useTemporaryFolder()
  const asked: string[] = []
  const stranger = useStranger((response, request) => {
    asked.push(request.url ?? '')
    response.end('secret')
  })
  let service: ServiceProcess

  it('does not start without a certificate of its own', async () => {
    const alone = { DARKROOM_LISTEN: '0.0.0.0' }
    await assert.rejects(
      startServiceProcess({ home, command, environment: alone }),
      /ended with 1: DARKROOM_LISTEN lets others than this machine connect, at 0\.0\.0\.0; .*\.\n$/,
    )
  })

  it('has its certificate from its files, and clients told whom to trust', async () => {
    const { ca, cert, key } = await makeCertificates(Date.now())
    const files = {
      DARKROOM_TLS_CERT: folder.pathTo('cert'),
      DARKROOM_TLS_KEY: folder.pathTo('key'),
    }
    writeFileSync(files.DARKROOM_TLS_CERT, `${cert}\n${ca}\n`)
    writeFileSync(files.DARKROOM_TLS_KEY, key)
    const environment = { DARKROOM_LISTEN: '0.0.0.0', ...files }
    service = await startServiceProcess({ home, command, environment })
    trust(home)
    assert.equal(readFileSync(path.join(home, 'ca.pem'), 'utf8'), `${cert}\n${ca}\n`)
    const answer = await fetch(`${service.origin}/register`, { method: 'POST' })
    assert.equal(answer.status, 401)
  })

  it('shows its page to administrators alone', async () => {
    const { origin } = service
    assert.ok(!existsSync(path.join(home, 'developer-page.html')))
    assert.match(service.output(), new RegExp(`the developer page is at ${origin}/\n`))
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
  })

  it('fetches sources from its own storage and not from what is around it', async () => {
    const { origin } = service
    const headers = await signIn(origin, home)
    const journal = await register(origin, headers)
    const own = await upload(origin, headers, 'photo.jpg', await drawPhoto(60, 40))
    const target = await presign(origin, headers, 'target', 'rw')
    const sources = [
      own,
      `${stranger.origin}/a.jpg`,
      'https://10.0.0.1/a.jpg',
      'https://[::1]/a.jpg',
    ]
    for (const source of sources) {
      const renditions = [{ name: source, fmt: 'png', target }]
      assert.equal((await sendProcess(origin, headers, { source, renditions })).status, 200)
    }
    const files = [{ url: `${stranger.origin}/b.jpg`, path: 'b.jpg' }]
    await sendProcess(origin, headers, { renditions: [{ name: 'zip', fmt: 'zip', files, target }] })
    const entries = await readJournal(journal, headers, sources.length + 1)
    const told = entries.map(({ event }) => {
      const { type, errorMessage = '', rendition } = Object(event)
      return [rendition.name, type, /not one that this service may connect to/.test(errorMessage)]
    })
    assert.deepEqual(
      Object.fromEntries(told.map(([name, ...rest]) => [name, rest])),
      Object.fromEntries([
        [own, ['rendition_created', false]],
        ...[...sources.slice(1), 'zip'].map((name) => [name, ['rendition_failed', true]]),
      ]),
    )
  })

  it('imports files from its own storage and not from what is around it', async () => {
    const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_API_URL: api } = readJobsEnv(home)
    const authorization = `Bearer ${key}`
    const own = await upload(
      service.origin,
      await signIn(service.origin, home),
      'text.txt',
      'hello',
    )
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

  after(async () => {
    service?.child.kill('SIGTERM')
    await service?.exited
  })
})
