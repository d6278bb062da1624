import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { openCertificates } from '../../src/http/certificate-files.ts'
import { type HttpsServer, listen } from '../../src/http/https-server.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { copiesOf, readStages } from './image-files.ts'

const packageSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
})
const composeSchema = z.object({
  services: z.object({ darkroom: z.record(z.string(), z.unknown()) }),
})

const [{ dependencies }, { dependencies: brought }] = [
  readPackage('package.json'),
  readPackage('scripts/node/package.json'),
]

function readPackage(file: string): z.infer<typeof packageSchema> {
  return packageSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** What the sources of new workers import, which the service writes. */
const OF_NEW_WORKERS = 'darkroom-worker'

/** The packages that sources import, types apart. */
function importsOf(pattern: string): Set<string> {
  const found = new Set<string>()
  for (const file of globSync(pattern)) {
    const source = readFileSync(file, 'utf8')
    const imports = source.matchAll(
      /^(?:import|export)\s(?!type\b)(?<names>[^'";]*?)from '(?<from>[^'.][^']*)'|\bimport\('(?<later>[^'.][^']*)'\)|^import '(?<alone>[^'.][^']*)'/gm,
    )
    for (const { groups = {} } of imports) {
      const names = groups['names']?.match(/^\{([^}]*)\}\s*$/)?.[1]?.split(',') ?? ['all']
      const isForTypes = names.every((name) => /^\s*(?:type\s|$)/.test(name))
      const from = groups['from'] ?? groups['later'] ?? groups['alone'] ?? ''
      if (isForTypes || isBuiltin(from)) continue
      found.add(
        from
          .split('/')
          .slice(0, from.startsWith('@') ? 2 : 1)
          .join('/'),
      )
    }
  }
  return found
}

describe('the image of the service', () => {
  const stages = readStages()
  const last = stages.at(-1) ?? []
  const valueOf = (name: string): string =>
    last.find((each) => each.name === name)?.text ?? assert.fail(`there is ${name}`)

  it('has the Node.js of the project', () => {
    for (const [from] of stages) {
      assert.match(from?.text ?? '', new RegExp(`^node:${brought['node']}-bookworm-slim`))
    }
  })

  it('is made of files that are there, and that Docker is shown', () => {
    const shown = readFileSync('.dockerignore', 'utf8').match(/(?<=^!).+$/gm) ?? []
    const copied = stages.flatMap(copiesOf).flatMap(({ sources }) => sources)
    for (const source of copied) {
      assert.ok(existsSync(source), source)
      assert.ok(
        shown.some((each) => `${source}/`.startsWith(`${each}/`)),
        source,
      )
    }
    for (const each of shown)
      assert.ok(
        copied.some((source) => source.startsWith(each)),
        each,
      )
  })

  it('has every package that the service imports', () => {
    const found = importsOf('{src,actions}/**/*.{ts,js}')
    assert.ok(found.size > 40, [...found].join())
    for (const name of found) assert.ok(name === OF_NEW_WORKERS || name in dependencies, name)
  })

  it('runs as nobody special, by a command that gets signals, and keeps state in one place', () => {
    assert.equal(valueOf('USER'), 'node')
    assert.equal(valueOf('VOLUME'), '/var/lib/darkroom')
    assert.deepEqual(JSON.parse(valueOf('CMD')), ['node', 'src/cli/start.ts'])
    const check = valueOf('HEALTHCHECK').match(/CMD (.*)$/)?.[1] ?? ''
    assert.deepEqual(JSON.parse(check), ['node', 'src/cli/healthy.ts'])
  })

  it('is started by compose.yaml with a root that nobody writes to, and no rights', () => {
    const { services } = composeSchema.parse(parse(readFileSync('compose.yaml', 'utf8')))
    const { init, read_only: readOnly, cap_drop: dropped, volumes } = services.darkroom
    assert.deepEqual(
      { init, readOnly, dropped, volumes },
      { init: true, readOnly: true, dropped: ['ALL'], volumes: ['home:/var/lib/darkroom'] },
    )
  })

  it('has in compose.team.yaml the variables by which others may connect', () => {
    const { services } = composeSchema.parse(parse(readFileSync('compose.team.yaml', 'utf8')))
    const environment = z.record(z.string(), z.string()).parse(services.darkroom['environment'])
    assert.equal(environment['DARKROOM_LISTEN'], '0.0.0.0:9443')
    for (const name of ['DARKROOM_TLS_CERT', 'DARKROOM_TLS_KEY']) {
      const volumes = z.array(z.string()).parse(services.darkroom['volumes'])
      assert.ok(
        volumes.some((volume) => volume.endsWith(`:${environment[name]}:ro`)),
        name,
      )
    }
  })
})

async function ask(port: string): Promise<{ code: unknown; errors: string }> {
  const child = spawn(process.execPath, ['src/cli/healthy.ts'], {
    env: { ...process.env, DARKROOM_PORT: port },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { code, errors }
}

describe('what tells Docker whether the service is ready', () => {
  const folder = useTemporaryFolder()
  let server: HttpsServer
  let status = 200
  before(async () => {
    server = await listen({
      fetch: ({ url }) =>
        new Response(null, { status: new URL(url).pathname === '/health/ready' ? status : 404 }),
      certificates: await openCertificates(folder.pathTo('.'), Date.now()),
      port: 0,
    })
  })
  after(() => server.close())

  it('ends with 0 when it is, and with 1 and a sentence when it is not, or not there', async () => {
    const { port } = new URL(server.origin)
    assert.deepEqual(await ask(port), { code: 0, errors: '' })
    status = 503
    assert.deepEqual(await ask(port), {
      code: 1,
      errors: 'The service answers 503: it is not ready.\n',
    })
    await server.close()
    const { code, errors } = await ask(port)
    assert.equal(code, 1)
    assert.match(errors, /ECONNREFUSED/)
  })
})

describe('the unit of systemd', () => {
  const unit = readFileSync('deploy/darkroom.service', 'utf8')

  it('starts what there is, and lets bubblewrap and Chromium make sandboxes', () => {
    const [, node = '', command = ''] = /^ExecStart=\/opt\/darkroom\/(\S+) (\S+)$/m.exec(unit) ?? []
    assert.ok(existsSync(node), node)
    assert.ok(existsSync(command), command)
    assert.doesNotMatch(
      unit,
      /^(?:RestrictNamespaces|ProtectHostname|ProtectProc|ProtectKernelTunables|ProtectKernelLogs|ProtectControlGroups|MemoryDenyWriteExecute|SystemCallFilter)=/m,
    )
    assert.match(unit, /^NoNewPrivileges=yes$/m)
  })

  it('is one that systemd takes', function () {
    if (spawnSync('systemd-analyze', ['--version']).error !== undefined) this.skip()
    const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
    try {
      const file = path.join(folder, 'darkroom.service')
      writeFileSync(file, unit.replaceAll('/opt/darkroom/node_modules/.bin/node', process.execPath))
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], {
        encoding: 'utf8',
      })
      assert.equal(status, 0, stderr)
      assert.doesNotMatch(stderr, /darkroom\.service:/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
