import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import * as z from 'zod/mini'
import { NAMESPACE } from '../../src/contract/actions.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { answerTo } from './answered-paths.ts'
import { KNOWN_VARIABLES } from './known-variables.ts'
import { readEnvironment } from './read-environment.ts'

const FOLDER = 'deploy/kubernetes'

/** What somebody fills in, and so is applied by nobody as it is. */
const EXAMPLE = 'secrets.example.yaml'

/** What no file here makes: certificates, and an authority of one's own. */
const OF_OPERATORS = ['darkroom-front-tls', 'darkroom-runtime-tls', 'darkroom-authorities']

const kustomizationSchema = z.object({
  namespace: z.string(),
  resources: z.array(z.string()),
  images: z.array(z.object({ name: z.string(), newTag: z.string() })),
})

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
})

const namedSchema = z.object({ name: z.string() })
const probeSchema = z.object({
  httpGet: z.object({ path: z.string(), port: z.string(), scheme: z.literal('HTTPS') }),
})
const workloadSchema = z.object({
  kind: z.enum(['Deployment', 'StatefulSet']),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.number() }),
        containers: z.tuple([
          z.object({
            image: z.string(),
            ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
            envFrom: z.array(
              z.object({
                configMapRef: z.optional(namedSchema),
                secretRef: z.optional(namedSchema),
              }),
            ),
            startupProbe: probeSchema,
            readinessProbe: probeSchema,
            livenessProbe: probeSchema,
            resources: z.looseObject({ requests: z.looseObject({}), limits: z.looseObject({}) }),
            securityContext: z.object({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
            }),
            volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
          }),
        ]),
        volumes: z.array(
          z.looseObject({
            name: z.string(),
            secret: z.optional(z.looseObject({ secretName: z.string() })),
            configMap: z.optional(z.looseObject({ name: z.string(), optional: z.boolean() })),
          }),
        ),
      }),
    }),
    volumeClaimTemplates: z.optional(z.array(z.object({ metadata: namedSchema }))),
  }),
})
const serviceSchema = z.object({
  kind: z.literal('Service'),
  metadata: namedSchema,
  spec: z.object({
    selector: z.record(z.string(), z.string()),
    ports: z.array(z.object({ name: z.string(), targetPort: z.string() })),
  }),
})
const settingsSchema = z.object({
  kind: z.enum(['ConfigMap', 'Secret']),
  metadata: namedSchema,
  data: z.optional(z.record(z.string(), z.string())),
  stringData: z.optional(z.record(z.string(), z.string())),
})

type Workload = z.infer<typeof workloadSchema>

const kustomization = kustomizationSchema.parse(
  parse(readFileSync(path.join(FOLDER, 'kustomization.yaml'), 'utf8')),
)
const objects = [...kustomization.resources, EXAMPLE].flatMap((file) =>
  parseAllDocuments(readFileSync(path.join(FOLDER, file), 'utf8'), { merge: true }).map(
    (document): unknown => document.toJS(),
  ),
)
const workloads = ofSchema(workloadSchema)
const services = ofSchema(serviceSchema)
const settings = ofSchema(settingsSchema)

/** Those of the kinds that a schema is for, which have to be of it. */
function ofSchema<T extends { kind: string }>(
  schema: z.ZodMiniType<T> & { shape: { kind: z.ZodMiniType<string> } },
): readonly T[] {
  return objects
    .filter((each) => schema.shape.kind.safeParse(objectSchema.parse(each).kind).success)
    .map((each) => schema.parse(each))
}

function workloadOf(name: string): Workload {
  return workloads.find(({ metadata }) => metadata.name === name) ?? assert.fail(name)
}

/** What a container has in its environment. */
function environmentOf({ spec }: Workload): Record<string, string> {
  const [{ envFrom }] = spec.template.spec.containers
  return Object.assign(
    {},
    ...envFrom.map(({ configMapRef, secretRef }) => {
      const [kind, name] =
        secretRef === undefined ? ['ConfigMap', configMapRef?.name] : ['Secret', secretRef.name]
      const found = settings.find((each) => each.kind === kind && each.metadata.name === name)
      return found?.data ?? found?.stringData ?? assert.fail(`there is ${kind} ${name}`)
    }),
  )
}

/** Where the types of Kubernetes have those of a version of its API. */
function moduleOf(apiVersion: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion]
  return `${group?.split('.')[0]}/${version}`
}

const MISTAKES: readonly (readonly [mistake: string, from: string, to: string])[] = [
  ['a field that there is not', '"readOnlyRootFilesystem"', '"readOnlyRootFileSystem"'],
  ['a value of another kind', '"replicas":2', '"replicas":"two"'],
  ['nothing where there has to be something', '"matchLabels":', '"labels":'],
  ['another version of the API', '"policy/v1"', '"autoscaling/v1"'],
]

describe('deploy/kubernetes', () => {
  const folder = useTemporaryFolder()

  /** What TypeScript says, by the name of what it says it of. */
  const found = new Map<string, string[]>()

  /**
   * Each of them by the types that are made of Kubernetes' own schema, which know every field: an object that is written down may have
   * no other.
   */
  before(() => {
    const written = JSON.stringify(objects)
    writeObjects('whole', written)
    for (const [mistake, from, to] of MISTAKES) {
      assert.ok(written.includes(from), from)
      writeObjects(mistake, written.replace(from, to))
    }
    const compilerOptions = {
      noEmit: true,
      strict: true,
      types: [],
      module: 'esnext',
      moduleResolution: 'bundler',
      paths: { 'kubernetes-types/*': [path.resolve('node_modules/kubernetes-types/*')] },
    }
    writeFileSync(folder.pathTo('tsconfig.json'), JSON.stringify({ compilerOptions }))
    const tsc = path.resolve('node_modules/.bin/tsc')
    const { stdout, error } = spawnSync(tsc, ['-p', folder.pathTo('.')], { encoding: 'utf8' })
    assert.ifError(error)
    for (const [, name = '', sentence = ''] of stdout.matchAll(/([\w ]+)\.ts\(\d+,\d+\): (.+)$/gm))
      found.set(name, [...(found.get(name) ?? []), sentence])
  })

  function writeObjects(name: string, written: string): void {
    const lines = z
      .array(objectSchema)
      .parse(JSON.parse(written))
      .map((each, index) => {
        const type = `import('kubernetes-types/${moduleOf(each.apiVersion)}').${each.kind}`
        return `export const object${index}: ${type} = ${JSON.stringify(each)}`
      })
    writeFileSync(folder.pathTo(`${name}.ts`), lines.join('\n'))
  }

  it('has the fields that Kubernetes knows, of the right kinds', () => {
    assert.ok(objects.length > 10)
    assert.equal(found.get('whole'), undefined)
  })

  for (const [mistake] of MISTAKES) {
    it(`would not be taken with ${mistake}`, () => assert.notEqual(found.get(mistake), undefined))
  }

  it('applies all that there is but the example of secrets', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'kustomization.yaml')
    assert.deepEqual([...kustomization.resources, EXAMPLE].toSorted(), files.toSorted())
  })

  it('has the image of the project in its version', () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')))
    const images = workloads.map(({ spec }) => spec.template.spec.containers[0].image)
    assert.deepEqual([...new Set(images)], ['darkroom'])
    assert.deepEqual(
      kustomization.images.map(({ name, newTag }) => [name, newTag]),
      [['darkroom', version]],
    )
  })

  it('has no secret in it', () => {
    const values = settings.flatMap(({ kind, data = {}, stringData = {} }) =>
      Object.entries({ ...data, ...stringData }).map((entry) => [kind, ...entry] as const),
    )
    for (const [kind, name, value] of values) {
      if (kind === 'Secret') assert.equal(value, '', name)
      else if (/PASSWORD|SECRET|KEY|TOKEN|AUTH/.test(name)) assert.match(value, /^\/run\//, name)
    }
  })

  for (const workload of workloads) {
    const { metadata, spec } = workload
    const { containers, volumes, securityContext } = spec.template.spec
    const [container] = containers

    describe(metadata.name, () => {
      it('is selected by the labels that it has, and is behind a service of its name', () => {
        assert.deepEqual(spec.selector.matchLabels, spec.template.metadata.labels)
        const service = services.find((each) => each.metadata.name === metadata.name)
        assert.deepEqual(service?.spec.selector, spec.template.metadata.labels)
        const ports = container.ports.map(({ name }) => name)
        assert.deepEqual(
          service.spec.ports.map(({ targetPort }) => targetPort),
          ports,
        )
      })

      it('listens at the port that is said', () => {
        const [port] = container.ports
        assert.equal(environmentOf(workload)['DARKROOM_LISTEN'], `0.0.0.0:${port?.containerPort}`)
      })

      it('is asked where it answers', async () => {
        const probes = [container.startupProbe, container.readinessProbe, container.livenessProbe]
        for (const { httpGet } of probes) {
          assert.ok(container.ports.some(({ name }) => name === httpGet.port))
          assert.equal(await answerTo(httpGet.path), 200, httpGet.path)
        }
        assert.equal(container.readinessProbe.httpGet.path, '/health/ready')
        assert.equal(container.livenessProbe.httpGet.path, '/health/live')
      })

      it('runs as the user of the image, with a state folder that it makes itself', () => {
        assert.match(readFileSync('Dockerfile', 'utf8'), /^USER node$/m)
        assert.equal(securityContext.runAsUser, 1000)
        // Whose a volume is, is up to the cluster; the service takes a folder of its own user alone.
        const home = environmentOf(workload)['DARKROOM_HOME'] ?? ''
        const mount = container.volumeMounts.find(({ name }) => name === 'home')
        assert.equal(path.dirname(home), mount?.mountPath)
      })

      it('mounts volumes that it has, of secrets that there are', () => {
        const there = [
          ...volumes,
          ...(spec.volumeClaimTemplates ?? []).map((each) => each.metadata),
        ]
        assert.deepEqual(
          container.volumeMounts.map(({ name }) => name).toSorted(),
          there.map(({ name }) => name).toSorted(),
        )
        const named = volumes.flatMap(({ secret, configMap }) => [
          ...(secret === undefined ? [] : [secret.secretName]),
          ...(configMap === undefined ? [] : [configMap.name]),
        ])
        for (const name of named) assert.ok(OF_OPERATORS.includes(name), name)
        assert.ok(readFileSync(path.join(FOLDER, EXAMPLE), 'utf8').includes('darkroom-front-tls'))
      })

      it('has in its environment what a service reads, of files that it has', () => {
        const environment = environmentOf(workload)
        for (const name of Object.keys(environment)) assert.ok(KNOWN_VARIABLES.has(name), name)
        const mounts = container.volumeMounts.map(({ mountPath }) => `${mountPath}/`)
        for (const value of Object.values(environment).filter((each) => each.startsWith('/')))
          assert.ok(
            mounts.some((mount) => value.startsWith(mount)),
            value,
          )
      })
    })
  }

  it('has front ends with a runtime, by the name of its service, and a runtime without a database', () => {
    const secrets = {
      DATABASE_URL: 'postgres://user:password@db.example.com/darkroom?sslmode=verify-full',
      DATABASE_KEY: '0'.repeat(64),
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
      AIO_RUNTIME_AUTH: 'user:password',
      LOCAL_RUNTIME_URL: 'https://user:password@darkroom-runtime.darkroom.svc',
    }
    const front = environmentOf(workloadOf('darkroom-front'))
    const { place, elsewhere, storage, database } = readEnvironment(
      { ...front, ...secrets },
      '/nowhere',
    )
    assert.equal(elsewhere?.publicUrl, place.url)
    assert.equal(elsewhere?.platform?.namespace, NAMESPACE)
    assert.equal(elsewhere.platform.apiHost, elsewhere.localRuntime?.apiHost)
    assert.equal(storage?.kind, 's3')
    assert.notEqual(database, undefined)
    assert.deepEqual(
      Object.keys(front).filter((name) => name in secrets),
      Object.keys(secrets),
    )
    const runtime = environmentOf(workloadOf('darkroom-runtime'))
    assert.equal(runtime['DARKROOM_URL'], elsewhere.platform.apiHost)
    assert.equal(runtime['DARKROOM_URL'], `https://darkroom-runtime.${kustomization.namespace}.svc`)
    assert.ok(!Object.keys(runtime).some((name) => name.startsWith('DATABASE_')))
  })

  it('leads from the host of front ends to them', () => {
    const ingress = objects.find((each) => objectSchema.parse(each).kind === 'Ingress')
    const { rules, tls } = z
      .object({
        spec: z.object({
          tls: z.tuple([z.object({ hosts: z.tuple([z.string()]) })]),
          rules: z.tuple([
            z.object({
              host: z.string(),
              http: z.object({
                paths: z.tuple([
                  z.object({
                    path: z.literal('/'),
                    backend: z.object({
                      service: z.object({ name: z.string(), port: namedSchema }),
                    }),
                  }),
                ]),
              }),
            }),
          ]),
        }),
      })
      .parse(ingress).spec
    const [{ host, http }] = rules
    const { DARKROOM_URL: url } = environmentOf(workloadOf('darkroom-front'))
    assert.equal(url, `https://${host}`)
    assert.deepEqual(tls[0].hosts, [host])
    const { name, port } = http.paths[0].backend.service
    const service = services.find((each) => each.metadata.name === name)
    assert.ok(service?.spec.ports.some((each) => each.name === port.name))
  })

  it('waits for front ends as long as Docker Compose does, and for what they wait themselves', () => {
    const compose = readFileSync('deploy/compose.yaml', 'utf8')
    const [, seconds] = /^ {2}stop_grace_period: (\d+)s$/m.exec(compose) ?? []
    for (const { metadata, spec } of workloads)
      assert.ok(spec.template.spec.terminationGracePeriodSeconds >= Number(seconds), metadata.name)
  })
})
