import assert from 'node:assert/strict'
import { EventEmitter, on } from 'node:events'
import { readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { buildAction } from '../../src/build/build-action.ts'
import { createFingerprints } from '../../src/build/fingerprints.ts'
import { listActions } from '../../src/build/list-actions.ts'
import { createZipMeasure } from '../../src/build/zipped-size.ts'
import { createCaseRunner } from '../../src/cases/case-runner.ts'
import { compareRenditions } from '../../src/cases/comparison.ts'
import { readCase } from '../../src/cases/test-case.ts'
import { connect, type ServiceClient } from '../../src/client/service-client.ts'
import { renditionEventSchema } from '../../src/contract/event.ts'
import { trust } from '../e2e/api-client.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../e2e/service-process.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { zip } from '../support/zip.ts'
import { type ActionContainer, startContainer } from './action-container.ts'
import { readFolder } from './folder-contents.ts'

const PROJECT = path.resolve(import.meta.dirname, '../..')
const CASES = path.join(PROJECT, 'test/asset-compute')
const MOST_BYTES = 22 * 1024 * 1024

/** What reads PDFs, with letters of fonts that these have not in them. */
const PDF = [
  '@embedpdf/pdfium',
  '@expo-google-fonts/arimo',
  '@expo-google-fonts/cousine',
  '@expo-google-fonts/noto-sans-arabic',
  '@expo-google-fonts/noto-sans-thai',
  '@expo-google-fonts/tinos',
]

/** What draws pictures, and texts on them. */
const DRAWING = [
  ...PDF,
  '@cornerstonejs/codec-openjpeg',
  '@imagemagick/magick-wasm',
  '@jsquash/oxipng',
  'harfbuzzjs',
  'sharp',
]

/** What each action is tried with, and the packages that it ships: no more than it needs. */
const ACTIONS: Readonly<Record<string, { cases: readonly string[]; packages: readonly string[] }>> =
  {
    worker: {
      cases: ['fmt-jpg', 'psd-rgb', 'heic', 'crop', 'watermark', 'svg', 'dicom-jpeg-2000'],
      packages: DRAWING,
    },
    document: {
      cases: [
        'text-of-pdf',
        'page-two',
        'text-of-docx',
        'markdown-of-docx',
        'text-of-xlsx',
        'preview-of-pptx',
      ],
      packages: DRAWING,
    },
    metadata: {
      cases: ['xmp-of-jpg', 'xmp-of-docx', 'json-of-pdf', 'written-into-jpg', 'named-into-jpg'],
      packages: ['@6over3/zeroperl-ts', 'exiftool-vendored.pl'],
    },
    pdf: {
      cases: ['of-a-picture', 'of-a-pdf'],
      packages: [...DRAWING, '@neslinesli93/qpdf-wasm'],
    },
    archive: { cases: ['of-urls', 'of-paths'], packages: ['7z-wasm'] },
    data: { cases: [], packages: [] },
    circle: {
      cases: ['of-a-photo', 'with-a-watermark'],
      packages: DRAWING,
    },
  }

/** What sharp depends on, there. */
const OF_SHARP = [
  '@img/colour',
  '@img/sharp-libvips-linux-x64',
  '@img/sharp-linux-x64',
  'detect-libc',
  'semver',
]

describe('built actions', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  const home = useHome()
  const trusted = getCACertificates('default')
  const containers: ActionContainer[] = []
  let service: ServiceProcess
  let client: ServiceClient

  before(async () => {
    const [measure, fingerprint] = [createZipMeasure(), createFingerprints()]
    const builds = Object.keys(ACTIONS).map((name) =>
      buildAction({ project: PROJECT, name, folder: folder.pathTo(name), measure, fingerprint }),
    )
    // For its storage; the action that it has does nothing.
    ;[service] = await Promise.all([
      startServiceProcess({ home, manifest: 'instant.yml' }),
      ...builds,
    ])
    trust(home)
    client = await connect(service.origin, home)
  })
  after(async () => {
    setDefaultCACertificates(trusted)
    await Promise.all(containers.map((container) => container.stop()))
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
  })

  it('are all of manifest.yml', () => {
    assert.deepEqual([...listActions(PROJECT).keys()].toSorted(), Object.keys(ACTIONS).toSorted())
  })

  it('are the same bytes when they are built again', async () => {
    const again = folder.pathTo('circle-again')
    const [measure, fingerprint] = [createZipMeasure(), createFingerprints()]
    await buildAction({ project: PROJECT, name: 'circle', folder: again, measure, fingerprint })
    const [first, second] = [folder.pathTo('circle'), again].map(readFolder)
    // Named one by one, since a difference of bundles is a megabyte.
    assert.deepEqual(Object.keys(second ?? {}), Object.keys(first ?? {}))
    const changed = Object.entries(first ?? {}).filter(([name, is]) => !second?.[name]?.equals(is))
    assert.deepEqual(
      changed.map(([name]) => name),
      [],
    )
  })

  for (const [name, { cases, packages }] of Object.entries(ACTIONS)) {
    describe(name, () => {
      let archive: Buffer
      let container: ActionContainer

      before(async () => {
        archive = zip(readFolder(folder.pathTo(name)))
        container = await startContainer({
          folder: folder.pathTo(`container-of-${name}`),
          env: {
            NODE_EXTRA_CA_CERTS: path.join(home, 'ca.pem'),
            // A machine of one's own has no cgroups of a container, and no New Relic account.
            ASSET_COMPUTE_SDK_DISABLE_CGROUP_METRICS: 'true',
            OPENWHISK_NEWRELIC_DISABLE_METRICS: 'true',
            OPENWHISK_NEWRELIC_DISABLE_ALL_INSTRUMENTATION: 'true',
            ASSET_COMPUTE_UNIT_TEST_OUT: folder.pathTo(`container-of-${name}`),
          },
        })
        containers.push(container)
        assert.deepEqual(await container.init(archive), { status: 200, body: { OK: true } })
      })

      it('is small enough', () => {
        assert.ok(archive.length < MOST_BYTES, `${archive.length} bytes`)
      })

      it('ships what cannot be bundled', async () => {
        const shipped = Object.keys(readFolder(folder.pathTo(name)))
          .map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1])
          .filter((each) => each !== undefined)
        const expected = packages.includes('sharp') ? [...packages, ...OF_SHARP] : packages
        assert.deepEqual([...new Set(shipped)].toSorted(), expected.toSorted())
      })

      it('has the modules of sharp in its bundle', () => {
        const { 'index.js': bundled } = readFolder(folder.pathTo(name))
        assert.doesNotMatch(String(bundled), /require\("sharp"\)/)
      })

      it('ships the licence of each of these', () => {
        const files = Object.keys(readFolder(folder.pathTo(name)))
        for (const each of packages.includes('sharp') ? [...packages, ...OF_SHARP] : packages) {
          const licence = files.find(
            (file) =>
              path.dirname(file) === `node_modules/${each}` &&
              /^(?:licen[cs]e|copying)/i.test(path.basename(file)),
          )
          assert.ok(licence !== undefined, each)
        }
      })

      it('runs where there is nothing of the project', async () => {
        const names = await readdir(folder.pathTo(`container-of-${name}`))
        const unpacked = names.find((each) => each.startsWith('action-')) ?? assert.fail()
        const { resolve } = createRequire(folder.pathTo(`container-of-${name}/${unpacked}/x.js`))
        assert.throws(() => resolve('yaml'), { code: 'MODULE_NOT_FOUND' })
      })

      for (const each of cases) {
        it(`makes ${each}`, async () => {
          const fixture = readCase(path.join(CASES, name, each))
          assert.ok(fixture.state === 'ready' && fixture.rendition !== undefined)
          const runner = createCaseRunner(
            containerClient(client, container, folder.pathTo(`container-of-${name}`)),
            { out: folder.pathTo('out'), workerUrl: () => undefined },
          )
          const outcome = await runner.run(fixture)
          runner.end()
          assert.ok(outcome.state === 'created', JSON.stringify(outcome) + container.log())
          assert.deepEqual(await compareRenditions(fixture.rendition, outcome.file), [])
        })
      }
    })
  }
})

/** Has a container do what a service does with `POST /process`; its events are files, which is the SDK's own way to be tested. */
function containerClient(
  client: ServiceClient,
  container: ActionContainer,
  folder: string,
): ServiceClient {
  const emitter = new EventEmitter()
  return {
    ...client,
    async process(requestId, body) {
      const answer = await container.run({ ...body, requestId, MAX_SOURCE_PIXELS: '' })
      assert.deepEqual(answer, { status: 200, body: { requestId } }, container.log())
      const file = path.join(folder, 'events/event0.json')
      emitter.emit('event', renditionEventSchema.parse(JSON.parse(await readFile(file, 'utf8'))))
      await rm(file)
    },
    async *events(signal) {
      for await (const [event] of on(emitter, 'event', { signal })) yield event
      throw signal.reason
    },
  }
}
