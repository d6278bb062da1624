import { execFile } from 'node:child_process'
import { createReadStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build as esbuild } from 'esbuild'
import { buildAction } from '../src/build/build-action.ts'
import { createFingerprints } from '../src/build/fingerprints.ts'
import { createZipMeasure } from '../src/build/zipped-size.ts'
import { makeCertificates } from '../src/http/certificates.ts'
import { findImageMagick } from './images/imagemagick.ts'
import { makeLargePhoto } from './images/pictures.ts'
import { startRenderer } from './images/renderer-process.ts'
import { AEM_RENDITIONS } from './images/tasks.ts'
import { type Finding, median, ms, time, times } from './measure.ts'

const PROJECT = path.resolve(import.meta.dirname, '..')
const ACTIONS = ['worker', 'document', 'metadata', 'archive']
const SDK = '@adobe/asset-compute-sdk'

const LOADS = 15
const PROCESSES = 11
/** ImageMagick takes ten times as long. */
const SDK_PROCESSES = 3

const MOST_LOADING_MS = 200
const LEAST_FASTER = 10

const run = promisify(execFile)

/** How long the bundles of actions take to load, in new processes of Node.js without any cache, as on Adobe I/O Runtime. */
export async function measureLoading(folder: string): Promise<Finding[]> {
  const modules = new Map([[SDK, SDK]])
  for (const name of ACTIONS) modules.set(name, path.join(await build(name, folder), 'index.js'))
  const took = new Map(Array.from(modules.keys(), (name) => [name, new Array<number>()]))
  for (let round = 0; round < LOADS; round += 1) {
    for (const [name, module] of modules) {
      const { stdout } = await run(process.execPath, ['bench/loading/load-module.ts', module])
      took.get(name)?.push(Number(stdout))
    }
  }
  const sdk = median(took.get(SDK) ?? [])
  return ACTIONS.map((name) => {
    const loading = median(took.get(name) ?? [])
    return {
      what: `loading the bundle of ${name}`,
      measured: ms(loading),
      baseline: `${ms(sdk)} Adobe's SDK alone, as it is installed`,
      distance: times(loading / sdk),
      goal: `under ${MOST_LOADING_MS} ms`,
      reached: loading < MOST_LOADING_MS,
    }
  })
}

/** One process from nothing to AEM's four renditions of 24 megapixels: the built worker, against the post-processing of Adobe's SDK. */
export async function measureWholeProcess(folder: string): Promise<Finding[]> {
  const picture = await makeLargePhoto(folder)
  const action = await build('worker', folder)
  const { ca, cert, key } = await makeCertificates(Date.now())
  const trusted = path.join(folder, 'ca.pem')
  writeFileSync(trusted, ca)
  const server = createServer({ cert, key }, (_, response) =>
    createReadStream(picture).pipe(response),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  const url = `https://localhost:${address.port}/harbour.jpg`
  const imageMagick = await findImageMagick(process.env['PATH'] ?? '')
  const harness = await withoutTypes('bench/images/sdk-post-processing.ts')

  async function byWorker(): Promise<void> {
    const work = path.join(folder, 'work')
    mkdirSync(work, { recursive: true })
    // Without a URL, nothing is uploaded.
    const renditions = AEM_RENDITIONS.map((wanted) => ({ ...wanted, target: {} }))
    const params = { source: { url, name: 'harbour.jpg' }, renditions }
    const program = ['bench/loading/run-action.cjs', path.join(action, 'index.js')]
    await run(process.execPath, [...program, JSON.stringify(params)], {
      env: {
        NODE_EXTRA_CA_CERTS: trusted,
        WORKER_BASE_DIRECTORY: work,
        ASSET_COMPUTE_UNIT_TEST_OUT: folder,
        ASSET_COMPUTE_SDK_DISABLE_CGROUP_METRICS: 'true',
        OPENWHISK_NEWRELIC_DISABLE_METRICS: 'true',
        OPENWHISK_NEWRELIC_DISABLE_ALL_INSTRUMENTATION: 'true',
        __OW_DEADLINE: String(Date.now() + 180_000),
      },
    })
    const events = path.join(folder, 'events')
    const made = readdirSync(events).length
    if (made !== AEM_RENDITIONS.length) throw new Error(`The worker has made ${made} renditions.`)
    rmSync(events, { recursive: true })
  }

  async function bySdk(search: string): Promise<void> {
    const renderer = await startRenderer(pathToFileURL(harness).href, search)
    const renditions = AEM_RENDITIONS.map((wanted, index) => ({
      ...wanted,
      path: path.join(folder, `${index}.${wanted.fmt}`),
    }))
    await renderer.render({ requests: [{ source: picture, renditions }] })
    renderer.end()
  }

  const worker: number[] = []
  const sdk: number[] = []
  try {
    for (let round = 0; round < PROCESSES; round += 1) {
      worker.push(await time(byWorker))
      if (!imageMagick.installed || round >= SDK_PROCESSES) continue
      sdk.push(await time(() => bySdk(imageMagick.path)))
    }
  } finally {
    server.close()
  }
  const ratio = imageMagick.installed ? median(sdk) / median(worker) : undefined
  return [
    {
      what: "one process from nothing to AEM's four renditions of a 24 MP JPEG, its download included",
      measured: ms(median(worker)),
      baseline: imageMagick.installed
        ? `${ms(median(sdk))} SDK with ImageMagick, without a download`
        : `${imageMagick.missing} is not installed`,
      distance: ratio === undefined ? 'no comparison' : `${times(ratio)} as fast`,
      goal: `at least ${LEAST_FASTER} ×`,
      reached: ratio === undefined ? undefined : ratio >= LEAST_FASTER,
    },
  ]
}

/**
 * Writes a program as JavaScript, so that Node.js does not spend its time on removing types; returns its path, which is where its packages
 * are found.
 */
async function withoutTypes(program: string): Promise<string> {
  const outfile = path.join(PROJECT, 'node_modules/.cache/bench', `${path.parse(program).name}.mjs`)
  await esbuild({
    entryPoints: [path.join(PROJECT, program)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  })
  return outfile
}

/** Builds an action as `npm run build` does; returns its folder. */
async function build(name: string, folder: string): Promise<string> {
  const built = path.join(folder, 'actions', name)
  const [measure, fingerprint] = [createZipMeasure(), createFingerprints()]
  await buildAction({ project: PROJECT, name, folder: built, measure, fingerprint })
  return built
}
