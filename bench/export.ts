import { execFile } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createIpsClient } from '../src/cli/scene7/ips-client.ts'
import { findScene7Access } from '../src/cli/scene7/scene7-access.ts'
import { memoryOfFamily } from '../src/programs/process-family.ts'
import { trust } from '../test/e2e/api-client.ts'
import { type ServiceProcess, startServiceProcess } from '../test/e2e/service-process.ts'
import { compare, takeTurns } from './beside.ts'
import { type Contender, createBareSharp } from './images/contenders.ts'
import type { Request } from './images/job.ts'
import { makeLargePhoto, makePhotos } from './images/pictures.ts'
import { stopService } from './jobs/stop-service.ts'
import { type Finding, megabytes, time } from './measure.ts'

const PHOTOS = 500
const ROUNDS = 5
/** How many photos bare sharp is tuned on, and how often. */
const TUNING = { photos: 50, tries: 3 }
/** Of the longer side, in pixels. */
const SIDE = 1000
const QUALITY = 85
const MOST_BYTES = 400_000_000
/** Between two looks at whether the export is done, in milliseconds. */
const LOOK_MS = 100
/** After how many of these the memory is looked at. */
const LOOKS_A_MEMORY = 5

const run = promisify(execFile)

/** Exports of assets: what a ZIP of pictures costs over bare sharp and `zip -0`, and how much memory it takes. */
export async function measureExport(folder: string): Promise<Finding[]> {
  const home = path.join(folder, 'home')
  const photos = await makePhotos(folder, await makeLargePhoto(folder), PHOTOS)
  // No action is part of it, and those that a service has warm would only be counted with it.
  const warm = ['none']
  const assets = path.dirname(photos[0] ?? '')
  const service = await startServiceProcess({ home, warm, assets })
  trust(home)
  const yardstick = await createYardstick(folder, photos)
  try {
    const exporting = await createExporting(service, home)
    const turns = await takeTurns(
      ROUNDS,
      () => time(exporting.run),
      () => time(yardstick.run),
    )
    const memory = exporting.mostMemory()
    const load = loadavg()[0]?.toFixed(1)
    return [
      compare({
        ...turns,
        what: `${PHOTOS} photos of 2 megapixels to JPEGs of ${SIDE} pixels in one ZIP, by exportJob, at a load of ${load}`,
        program: 'bare sharp and zip -0',
        limit: 1.3,
        goal: 'within 1.3 ×',
      }),
      {
        what: '– the most memory of the service and all its processes meanwhile',
        measured: megabytes(memory),
        baseline: megabytes(MOST_BYTES),
        distance: megabytes(memory),
        goal: 'under 400 MB',
        reached: memory < MOST_BYTES,
      },
    ]
  } finally {
    await yardstick.end()
    await stopService(service)
  }
}

/** Bare sharp, tuned, and a ZIP of what it has made. */
async function createYardstick(
  folder: string,
  photos: readonly string[],
): Promise<{ run: () => Promise<void>; end: Contender['end'] }> {
  const made = path.join(folder, 'bare')
  await mkdir(made)
  const requests = photos.map((source, index): Request => {
    const file = path.join(made, `${index}.jpg`)
    return { source, renditions: [{ fmt: 'jpeg', width: SIDE, height: SIDE, path: file }] }
  })
  const sharp = await createBareSharp({
    requests: requests.slice(0, TUNING.photos),
    tries: TUNING.tries,
    fresh: false,
  })
  const zip = path.join(folder, 'bare.zip')
  return {
    async run() {
      await rm(zip, { force: true })
      await sharp.render(requests)
      await run('zip', ['-0', '-q', '-r', zip, made])
    },
    end: sharp.end,
  }
}

/** Exports all assets of a service, from the submission of the job to its end. */
async function createExporting(service: ServiceProcess, home: string) {
  const access = await findScene7Access(
    { url: service.origin, company: undefined },
    { home, port: 0 },
  )
  const client = createIpsClient(access)
  const companyHandle = `c|${access.company}`
  const { assetArray = [] } = await client.call('searchAssets', {
    companyHandle,
    includeSubfolders: true,
    recordsPerPage: PHOTOS,
  })
  const handles = assetArray.map(({ assetHandle = '' }) => assetHandle)
  let most = 0

  async function exportAll(): Promise<void> {
    const { jobHandle } = await client.call('submitJob', {
      companyHandle,
      jobName: 'bench',
      exportJob: {
        assetHandleArray: handles,
        fmt: 'convert',
        is_modifier: `wid=${SIDE}&qlt=${QUALITY}&fmt=jpeg`,
        emailSetting: 'None',
      },
    })
    for (let look = 1; ; look += 1) {
      const { jobLogArray } = await client.call('getJobLogDetails', {
        companyHandle,
        jobHandle,
        logTypeArray: ['EndGet', 'FatalError'],
      })
      const [log] = jobLogArray
      if (log?.fileSuccessCount === PHOTOS) return
      if (log) throw new Error(`The export has failed: ${JSON.stringify(log)}`)
      await setTimeout(LOOK_MS)
      if (look % LOOKS_A_MEMORY === 0) {
        most = Math.max(most, memoryOfFamily(service.child.pid ?? 0))
      }
    }
  }

  return { run: exportAll, mostMemory: () => most }
}
