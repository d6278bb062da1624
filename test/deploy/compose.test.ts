import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { DCLinter } from 'dclint'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { prepare } from '../../deploy/compose/prepare.ts'
import { NAMESPACE } from '../../src/contract/actions.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { answerTo } from './answered-paths.ts'
import { KNOWN_VARIABLES } from './known-variables.ts'
import { foldersIn } from './prepared.ts'
import { readEnvironment } from './read-environment.ts'

const FILE = 'deploy/compose.yaml'
const BALANCER = 'deploy/compose/haproxy.cfg'

const networksSchema = z.union([
  z.array(z.string()),
  z.record(
    z.string(),
    z.nullable(
      z.object({ ipv4_address: z.optional(z.string()), aliases: z.optional(z.array(z.string())) }),
    ),
  ),
])

const serviceSchema = z.object({
  image: z.optional(z.string()),
  build: z.optional(z.object({ dockerfile_inline: z.optional(z.string()) })),
  command: z.optional(z.array(z.string())),
  environment: z.optional(z.record(z.string(), z.string())),
  ports: z.optional(z.array(z.string())),
  networks: z.optional(networksSchema),
  volumes: z.array(z.string()),
  depends_on: z.optional(z.record(z.string(), z.object({ condition: z.string() }))),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  stop_grace_period: z.optional(z.string()),
  restart: z.string(),
})

type Service = z.infer<typeof serviceSchema>

const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(
    z.string(),
    z.nullable(z.object({ internal: z.optional(z.boolean()), ipam: z.optional(z.unknown()) })),
  ),
  volumes: z.record(z.string(), z.null()),
})

const { services, networks, volumes } = composeSchema.parse(
  parse(readFileSync(FILE, 'utf8'), { merge: true }),
)
const all = Object.entries(services)
const serviceOf = (name: string): Service => services[name] ?? assert.fail(`there is ${name}`)
const FRONTS = ['front-1', 'front-2']
const OURS = [...FRONTS, 'runtime']

/** What Docker Compose makes of a value, with a host and without any other settings. */
function filledIn(text: string): string {
  const given: Readonly<Record<string, string>> = { DARKROOM_HOST: 'darkroom.test' }
  return text.replaceAll(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_, name: string, otherwise = '') => given[name] ?? otherwise,
  )
}

function environmentOf(name: string): Record<string, string> {
  const values = Object.entries(serviceOf(name).environment ?? {})
  return Object.fromEntries(values.map(([variable, value]) => [variable, filledIn(value)]))
}

function networksOf({ networks: of = [] }: Service): readonly string[] {
  return Array.isArray(of) ? of : Object.keys(of)
}

/** Where a service has a volume, or a file. */
function mountOf(name: string, source: string): string | undefined {
  const found = serviceOf(name).volumes.find((volume) => volume.startsWith(`${source}:`))
  return found?.split(':')[1]
}

const lintedSchema = z.array(
  z.object({ messages: z.array(z.object({ rule: z.string(), message: z.string() })) }),
)

/** What is wrong with a file by the schema of the Compose specification; tastes are another matter. */
function mistakesIn(file: string): readonly string[] {
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] })
  return lintedSchema
    .parse(linter.lintFiles([file], false))
    .flatMap(({ messages }) => messages)
    .filter(({ rule }) => rule.startsWith('invalid-'))
    .map(({ message }) => message)
}

describe('deploy/compose.yaml', () => {
  const folder = useTemporaryFolder()

  for (const file of [FILE, 'compose.yaml', 'compose.team.yaml']) {
    it(`is of the Compose specification, as ${file} is`, () => {
      assert.deepEqual(mistakesIn(file), [])
    })
  }

  for (const [mistake, from, to] of [
    ['a field that there is not', 'stop_grace_period: 30s', 'stop_grace: 30s'],
    ['a value of another kind', 'init: true', 'init: [yes]'],
    ['a condition that there is not', 'service_healthy', 'service_ready'],
  ] as const) {
    it(`would not be with ${mistake}`, () => {
      const file = folder.pathTo('compose.yaml')
      writeFileSync(file, readFileSync(FILE, 'utf8').replaceAll(from, to))
      assert.notDeepEqual(mistakesIn(file), [])
    })
  }

  it('lets nobody in but by the balancer', () => {
    const published = all.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)
    assert.deepEqual(published, ['balancer'])
  })

  it('gives nothing more rights than it needs', () => {
    for (const [name, service] of all) {
      assert.equal(service.read_only, true, name)
      assert.deepEqual(service.cap_drop, ['ALL'], name)
      assert.deepEqual(service.security_opt, ['no-new-privileges:true'], name)
    }
  })

  it('has every image by a version', () => {
    const images = all.flatMap(([, { image, build }]) => [
      ...(build === undefined && image !== undefined ? [image] : []),
      ...(build?.dockerfile_inline?.match(/(?<=^FROM )\S+/gm) ?? []),
    ])
    assert.equal(images.length, 4)
    for (const image of images) assert.match(image, /^[a-z/]+:v?\d+\.\d+(?:\.\d+)?(?:-[a-z]+)?$/)
  })

  it('has no secret in it', () => {
    for (const [name, { environment = {} }] of all) {
      for (const [variable, value] of Object.entries(environment)) {
        if (!/PASSWORD|SECRET|KEY|TOKEN|AUTH/.test(variable)) continue
        assert.match(value, /^\/run\//, `${name} has ${variable}`)
      }
    }
    assert.doesNotMatch(readFileSync(FILE, 'utf8'), /:\/\/[^/\s]*:[^/\s]*@/)
  })

  it('mounts volumes and uses networks that it has, and has no others', () => {
    const mounted = all.flatMap(([, service]) =>
      service.volumes.map((each) => each.replace(/:.*/, '')),
    )
    assert.deepEqual(
      [...new Set(mounted)].filter((name) => !name.startsWith('.')).toSorted(),
      Object.keys(volumes).toSorted(),
    )
    const used = all.flatMap(([, service]) => networksOf(service))
    assert.deepEqual([...new Set(used)].toSorted(), Object.keys(networks).toSorted())
  })

  it('waits for services that there are', () => {
    for (const [name, { depends_on: awaited = {} }] of all)
      for (const other of Object.keys(awaited)) assert.ok(other in services, `${name}: ${other}`)
  })

  it('has the database where only front ends get to, and what runs the code of others is none', () => {
    const inDatabase = all.filter(([, service]) => networksOf(service).includes('database'))
    assert.deepEqual(inDatabase.map(([name]) => name).toSorted(), [...FRONTS, 'postgres'])
    assert.equal(networks['database']?.internal, true)
    assert.equal(networks['store']?.internal, true)
  })

  it('gives each service its own secrets and no others', () => {
    const ofPrepared = all
      .filter(([name]) => name !== 'prepare')
      .flatMap(([name, service]) =>
        service.volumes
          .filter((volume) => volume.startsWith('of-'))
          .map((volume) => `${name} ${volume}`),
      )
    assert.deepEqual(ofPrepared.toSorted(), [
      'balancer of-balancer:/run/balancer:ro',
      'front-1 of-front:/run/darkroom:ro',
      'front-2 of-front:/run/darkroom:ro',
      'postgres of-postgres:/run/darkroom:ro',
      'runtime of-runtime:/run/darkroom:ro',
      'store of-store:/run/darkroom:ro',
    ])
  })

  it('prepares in the folders that the program names', () => {
    const program = readFileSync('deploy/compose/prepare.ts', 'utf8')
    const targets = serviceOf('prepare').volumes.map((volume) => volume.split(':')[1] ?? '')
    for (const target of targets.filter((each) => !each.startsWith('/opt/')))
      assert.ok(program.includes(`'${target}'`), target)
    const command = serviceOf('prepare').command?.at(-1)
    assert.ok(targets.includes(`/opt/darkroom/${command}`), command)
  })

  it('gives each front end a state folder of its own, and its settings where the image reads them', () => {
    const homes = OURS.map((name) =>
      serviceOf(name).volumes.filter((volume) => volume.endsWith(':/var/lib/darkroom')),
    )
    assert.equal(new Set(homes.flat()).size, OURS.length)
    assert.match(readFileSync('Dockerfile', 'utf8'), /^RUN ln -s \/run\/darkroom\/\.env \.env$/m)
    for (const name of OURS)
      assert.match(mountOf(name, `of-${name.replace(/-\d$/, '')}`) ?? '', /^\/run\/darkroom$/)
  })

  for (const name of OURS) {
    it(`has in the environment of ${name} what a service reads`, () => {
      for (const variable of Object.keys(environmentOf(name)))
        assert.ok(KNOWN_VARIABLES.has(variable), variable)
    })
  }

  describe('as a service reads it', () => {
    const settings = { host: 'darkroom.test', port: 443 }
    before(() =>
      prepare(
        { ...foldersIn(folder), ...settings, own: folder.pathTo('nothing') },
        { now: Date.now(), give: async () => undefined },
      ),
    )

    it('is a front end with its database, its store and its runtime', () => {
      const config = readEnvironment(environmentOf('front-1'), folder.pathTo('front'))
      const { place, elsewhere, storage, database, trustedProxies } = config
      assert.equal(place.url, 'https://darkroom.test')
      assert.equal(place.isTeam, true)
      assert.equal(elsewhere?.publicUrl, place.url)
      assert.equal(elsewhere?.platform?.apiHost, 'https://runtime.darkroom.test')
      assert.equal(elsewhere.platform.namespace, NAMESPACE)
      assert.deepEqual(
        [elsewhere.localRuntime?.apiHost, elsewhere.localRuntime?.apiKey],
        [elsewhere.platform.apiHost, elsewhere.platform.apiKey],
      )
      assert.equal(storage?.base, 'https://store.darkroom.test/darkroom')
      assert.equal(new URL(database?.url ?? '').host, 'postgres')
      assert.notEqual(trustedProxies, undefined)
      const { networks: ofBalancer = {} } = serviceOf('balancer')
      const { front } = Array.isArray(ofBalancer) ? assert.fail('it has an address') : ofBalancer
      assert.equal(environmentOf('front-1')['DARKROOM_TRUSTED_PROXIES'], front?.ipv4_address)
    })

    it('is a runtime that reaches the store, and has nothing elsewhere', () => {
      const { place, elsewhere, storage, database } = readEnvironment(
        environmentOf('runtime'),
        folder.pathTo('runtime'),
      )
      assert.equal(place.url, 'https://runtime.darkroom.test')
      assert.deepEqual([elsewhere, database], [undefined, undefined])
      assert.equal(storage?.base, 'https://store.darkroom.test/darkroom')
    })
  })

  it('has the region of the store, and its bucket, as Garage has them', () => {
    const garage = readFileSync('deploy/compose/garage.toml', 'utf8')
    const [, region] = /^s3_region = "(.+)"$/m.exec(garage) ?? []
    const url = new URL(environmentOf('front-1')['STORAGE_URL'] ?? '')
    assert.equal(url.searchParams.get('region'), region)
    assert.equal(url.pathname, '/darkroom')
    assert.match(
      readFileSync('deploy/compose/prepare.ts', 'utf8'),
      /GARAGE_DEFAULT_BUCKET: 'darkroom'/,
    )
  })
})

describe('the balancer of deploy/compose.yaml', () => {
  const text = readFileSync(BALANCER, 'utf8')

  it('sends requests to services that there are, where they listen', () => {
    const servers = [...text.matchAll(/^ +server (\S+) (\S+):(\d+)/gm)]
    assert.deepEqual(new Set(servers.map(([, , host]) => host)), new Set([...OURS, 'store']))
    const store = /^api_bind_addr = "0\.0\.0\.0:(\d+)"$/m
    const ports: Readonly<Record<string, string | undefined>> = {
      store: store.exec(readFileSync('deploy/compose/garage.toml', 'utf8'))?.[1],
    }
    for (const [, , host = '', port] of servers) {
      const listen = environmentOf(host)['DARKROOM_LISTEN'] ?? `:${ports[host]}`
      assert.ok(listen.endsWith(`:${port}`), `${host}:${port}`)
    }
  })

  it('asks whether they are ready where they answer', async () => {
    const paths = [...text.matchAll(/\buri (\S+)/g)].map(([, path = '']) => path)
    assert.equal(paths.length, 2)
    for (const path of paths) assert.equal(await answerTo(path), 200, path)
  })

  it('is known in the network by the names that it has backends for', () => {
    const { networks: of = {} } = serviceOf('balancer')
    const { front } = Array.isArray(of) ? assert.fail('it has aliases') : of
    const named = [...text.matchAll(/-m str "(.+)"/g)].map(([, name]) => name)
    assert.deepEqual(front?.aliases, ['${DARKROOM_HOST}', ...named])
  })

  it('logs nothing of what is behind the ? of a URL', () => {
    const [, format = ''] = /^ +log-format "(.+)"$/m.exec(text) ?? []
    assert.ok(format.includes('%[var(txn.path)]'))
    assert.doesNotMatch(format, /%(?:r|HU|HP|HPO|HQ|hr|hs)\b/)
  })
})
