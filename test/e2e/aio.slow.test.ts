import assert from 'node:assert/strict'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { readArchivedFiles } from '../../src/cases/archive-comparison.ts'
import { openCertificates } from '../../src/http/certificate-files.ts'
import { readFolder } from '../build/folder-contents.ts'
import { itThoroughly } from '../support/amounts.ts'
import { type AioProcess, HAS_AIO, type Ran, useAio } from './aio-cli.ts'
import { readConsole } from './api-client.ts'
import { drawPhoto } from './photo.ts'
import { keepActions, useProjectCopy } from './project-copy.ts'
import { useRegisteredService } from './registered-service.ts'

const PACKAGE = 'dx-asset-compute-worker-1'
/** What is deployed here: an action of the table and a custom one. All of them would take aio minutes to zip. */
const ACTIONS = ['circle', 'worker']

/** The largest action that Adobe I/O Runtime takes. */
const LARGEST_ZIP_BYTES = 22 * 1024 * 1024

const activationsSchema = z.array(z.looseObject({ activationId: z.string(), name: z.string() }))
const actionsSchema = z.array(
  z.looseObject({
    name: z.string(),
    annotations: z.array(z.looseObject({ key: z.string(), value: z.unknown() })),
    limits: z.looseObject({ timeout: z.int(), memory: z.int(), concurrency: z.int() }),
  }),
)

/** What a command printed, which ended well. */
function printed({ status, stdout, stderr }: Ran): string {
  assert.equal(status, 0, stdout + stderr)
  return stdout + stderr
}

/** The JSON that a command printed; `aio rt action get` says the name of the action before. */
function jsonOf(ran: Ran): unknown {
  printed(ran)
  return JSON.parse(ran.stdout.replace(/^[\w/]+\n\s*(?=\{)/, ''))
}

/** The port that `aio app dev` says it listens on. */
async function portOf({ stdout, stderr }: AioProcess): Promise<string> {
  let output = ''
  stderr.on('data', (chunk) => {
    output += chunk
  })
  for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
    output += chunk
    const [, port] = /server running on port : (\d+)/.exec(output) ?? []
    if (port !== undefined) return port
  }
  return assert.fail(output)
}

describe("Adobe's CLI", function () {
  this.timeout(300_000)
  if (!HAS_AIO) {
    it('drives the service (aio is not installed)')
    return
  }
  const { home, origin, headers, eventsOf, presign, store } = useRegisteredService()
  const project = useProjectCopy('test/asset-compute/circle', 'samples/portrait.jpg')
  const { run: aio, start } = useAio({ project, environment: () => path.join(home, 'aio.env') })

  /** Resolves when the service has a record of this activation. */
  async function ended(activationId: string): Promise<void> {
    const url = `${origin()}/api/v1/namespaces/_/activations/${activationId}`
    const authorization = `Basic ${btoa(readConsole(home).namespace.auth)}`
    for (;;) {
      const { status } = await fetch(url, { headers: { authorization } })
      if (status === 200) return
    }
  }

  const keepOnly = (names: readonly string[]): void => keepActions(project(), names)

  const { run: aioOfDotEnv } = useAio({ project, environment: () => path.join(home, 'ca.env') })

  /** Leaves these cases in the copy, since each takes its time. */
  function keepCases(names: readonly string[]): void {
    const folder = path.join(project(), 'test/asset-compute/circle')
    for (const name of readdirSync(folder).filter((each) => !names.includes(each))) {
      rmSync(path.join(folder, name), { recursive: true })
    }
  }

  before(() => {
    keepOnly(ACTIONS)
    keepCases(['bad-width', 'of-a-photo'])
  })

  const workerUrl = () => `${origin()}/api/v1/web/darkroom/${PACKAGE}/worker`

  it('aio app build builds every action once, into a zip that Adobe I/O Runtime takes', async () => {
    const output = printed(await aio('app', 'build'))
    assert.match(output, new RegExp(`${ACTIONS.length} of ${ACTIONS.length} actions built in `))
    const folder = path.join(project(), 'dist', 'application', 'actions', PACKAGE)
    const zips = readdirSync(folder).filter((name) => name.endsWith('.zip'))
    assert.deepEqual(
      zips.toSorted(),
      ACTIONS.map((name) => `${name}.zip`),
    )
    for (const zip of zips) {
      const { size } = statSync(path.join(folder, zip))
      assert.ok(size > 0 && size <= LARGEST_ZIP_BYTES, `${zip} has ${size} bytes`)
    }
  })

  for (const name of ACTIONS) {
    it(`aio app build zips build/actions/${name} as it is`, async () => {
      const zip = path.join(project(), 'dist/application/actions', PACKAGE, `${name}.zip`)
      const zipped = await readArchivedFiles(await readFile(zip))
      const built = readFolder(path.join(project(), 'build/actions', name))
      const files = zipped.filter(({ path: file }) => !file.endsWith('/'))
      assert.deepEqual(
        files.map(({ path: file }) => file).toSorted(),
        Object.keys(built).toSorted(),
      )
      for (const { path: file, content } of files) assert.ok(built[file]?.equals(content), file)
    })
  }

  itThoroughly('aio takes the service from .env as well, but for the certificate', async () => {
    const env = path.join(project(), '.env')
    copyFileSync(path.join(home, 'aio.env'), env)
    writeFileSync(
      path.join(home, 'ca.env'),
      `export NODE_EXTRA_CA_CERTS='${path.join(home, 'ca.pem')}'\n`,
    )
    assert.match(printed(await aioOfDotEnv('rt', 'action', 'list', '--json')), /^\[\]/)
    rmSync(env)
  })

  it('aio app deploy puts them on the service, with their limits and behind the validator', async () => {
    const output = printed(await aio('app', 'deploy', '--no-build'))
    assert.match(output, /Successful deployment/)
    const actions = actionsSchema.parse(
      jsonOf(await aio('rt', 'action', 'list', '--json', '--limit', '50')),
    )
    assert.deepEqual(
      actions.map(({ name }) => name).toSorted(),
      ACTIONS.flatMap((name) => [name, `__secured_${name}`]).toSorted(),
    )
    const worker = actions.find(({ name }) => name === '__secured_worker')
    assert.deepEqual(worker?.limits, { ...worker?.limits, timeout: 180_000, memory: 2048 })
    const sequence = z
      .looseObject({ exec: z.looseObject({ kind: z.string(), components: z.array(z.string()) }) })
      .parse(jsonOf(await aio('rt', 'action', 'get', `${PACKAGE}/worker`)))
    assert.deepEqual(sequence.exec, {
      ...sequence.exec,
      kind: 'sequence',
      components: [
        '/adobeio/shared-validators-v1/headless-v2',
        `/darkroom/${PACKAGE}/__secured_worker`,
      ],
    })
  })

  it('a rendition that names the deployed worker is made by the deployed zip', async () => {
    const source = await store('photo.jpg', await drawPhoto(640, 480))
    const target = await presign('made.png', 'rw')
    const [event] = await eventsOf({
      source,
      renditions: [{ name: 'made.png', fmt: 'png', width: 64, worker: workerUrl(), target }],
    })
    assert.equal(Object(event).type, 'rendition_created', JSON.stringify(event))
    const rendition = await fetch(target)
    assert.equal(rendition.status, 200)
    const [latest] = activationsSchema.parse(
      jsonOf(await aio('rt', 'activation', 'list', '--json', '--limit', '1')),
    )
    assert.equal(latest?.name, '__secured_worker')
  })

  it('the URL of a deployed worker asks for a token', async () => {
    assert.equal((await fetch(workerUrl(), { method: 'POST' })).status, 401)
    const { authorization = '', 'x-gw-ims-org-id': org = '' } = headers()
    const answer = await fetch(workerUrl(), {
      method: 'POST',
      headers: { authorization, 'x-gw-ims-org-id': org, 'content-type': 'application/json' },
      body: '{}',
    })
    assert.notEqual(answer.status, 401)
  })

  itThoroughly('aio rt invokes an action and tells of its activation', async () => {
    const photo = await drawPhoto(64, 48)
    const params = path.join(home, 'params.json')
    writeFileSync(
      params,
      JSON.stringify({
        source: { url: `data:image/jpeg;base64,${Buffer.from(photo).toString('base64')}` },
        renditions: [{ fmt: 'png', width: 16, target: {}, embedBinaryLimit: 32_000 }],
      }),
    )
    const action = `${PACKAGE}/__secured_worker`
    const result = jsonOf(
      await aio('rt', 'action', 'invoke', action, '--param-file', params, '--result'),
    )
    assert.deepEqual(result, {})
    const [latest] = activationsSchema.parse(
      jsonOf(await aio('rt', 'activation', 'list', '--json', '--limit', '1')),
    )
    const id = latest?.activationId ?? assert.fail('there is an activation')
    const activation = Object(jsonOf(await aio('rt', 'activation', 'get', id)))
    assert.equal(activation.activationId, id)
    assert.deepEqual(activation.response.result, result)
    assert.match(printed(await aio('rt', 'activation', 'logs', id)), /rendition/)
  })

  it('aio asset-compute runs the test cases once the plugin is linked', async () => {
    printed(await aio('plugins', 'link', '--no-install', path.resolve('aio-plugin')))
    const output = printed(await aio('asset-compute', 'test-worker', '-a', 'circle'))
    assert.match(output, /Tests run {6}: 2/)
    assert.match(printed(await aio('asset-compute', 'devtool', '--help')), /developer page/)
    const nobody = await aio('asset-compute', 'test-worker', '-a', 'nobody')
    assert.equal(nobody.status, 3, nobody.stdout + nobody.stderr)
    assert.match(nobody.stderr, /No tests found for action nobody/)
  })

  itThoroughly('aio app test runs the test cases, and fails when one of them does', async () => {
    writeFileSync(path.join(project(), 'test/asset-compute/circle/bad-width/params.json'), '{}')
    const { status, stdout } = await aio('app', 'test')
    assert.match(stdout, /Tests run {6}: 2.*× application/s)
    assert.equal(status, 1)
  })

  itThoroughly('aio asset-compute run-worker makes a rendition', async () => {
    const file = path.join(home, 'made-by-run-worker.png')
    printed(await aio('asset-compute', 'run-worker', 'samples/portrait.jpg', file, '-a', 'circle'))
    assert.ok(statSync(file).size > 0)
  })

  it('aio app undeploy takes all of it away, and the actions run from their source again', async () => {
    printed(await aio('app', 'undeploy'))
    assert.deepEqual(jsonOf(await aio('rt', 'action', 'list', '--json')), [])
    const source = await store('photo2.jpg', await drawPhoto(64, 48))
    const [event] = await eventsOf({
      source,
      renditions: [
        {
          name: 'again.png',
          fmt: 'png',
          worker: workerUrl(),
          target: await presign('again.png', 'w'),
        },
      ],
    })
    assert.equal(Object(event).type, 'rendition_created', JSON.stringify(event))
  })

  itThoroughly(
    'aio app dev serves the actions, whose worker does its work on the service',
    async () => {
      const { cert, key } = await openCertificates(home, Date.now())
      const keys = path.join(home, 'dev-keys')
      mkdirSync(keys)
      writeFileSync(path.join(keys, 'cert-pub.crt'), cert)
      writeFileSync(path.join(keys, 'private.key'), key)
      // It puts all of them together.
      keepOnly(['worker'])
      const dev = start({ DEV_KEYS_DIR: keys }, 'app', 'dev')
      const exited = once(dev, 'exit')
      try {
        const port = await portOf(dev)
        const { authorization = '', 'x-gw-ims-org-id': org = '' } = headers()
        const target = await presign('dev.png', 'rw')
        const answer = await fetch(`https://localhost:${port}/api/v1/web/${PACKAGE}/worker`, {
          method: 'POST',
          headers: { authorization, 'x-gw-ims-org-id': org, 'content-type': 'application/json' },
          body: JSON.stringify({
            source: { url: await store('dev.jpg', await drawPhoto(64, 48)) },
            renditions: [{ fmt: 'png', target }],
          }),
        })
        const { activationId } = z
          .object({ activationId: z.string() })
          .parse(JSON.parse(await answer.text()))
        await ended(activationId)
        assert.equal((await fetch(target)).status, 200)
      } finally {
        dev.kill('SIGTERM')
        await exited
      }
    },
  )
})
