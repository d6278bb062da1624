import { rename } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { ServiceError } from '../../../../base/errors.ts'
import type { Log } from '../../../../base/log.ts'
import type { CountPages } from '../../../../image-pool/render-job.ts'
import { createQueue, type Queue } from '../../../../tasks/queue.ts'
import type { Catalogues } from '../../catalogue/catalogues.ts'
import { refuse } from '../../scene7-dialect.ts'
import { withPrepared } from '../../serving/unprepared.ts'
import type { IpsAssets, KnownAsset } from '../assets/ips-assets.ts'
import { ipsTypeOf } from '../assets/ips-type.ts'
import { IpsFault } from '../ips-fault.ts'
import type { IpsJob, JobLine } from '../jobs/ips-job.ts'
import type { JobKind, JobWork } from '../jobs/job-kind.ts'
import { runEach } from '../jobs/run-each.ts'
import { cleanName, createEntryNames } from './entry-names.ts'
import { type ExportDetails, readExportDetails, readKeptDetails } from './export-details.ts'
import { type ExportEntry, exportAsset } from './export-entry.ts'
import type { ExportLimits } from './export-limits.ts'
import { readExportQuery } from './export-query.ts'
import { openReport } from './export-report.ts'
import { urlOfExport } from './export-routes.ts'
import { wayOf } from './exportable.ts'
import type { KeptExports } from './kept-exports.ts'
import type { createMakePicture } from './make-picture.ts'
import type { WriteZip } from './write-zip.ts'

/**
 * How many are on their way at a time: one more than there are processes that make pictures, so that none of these waits for what
 * is done around a picture, and whoever else asks for one waits for no more than these.
 */
const LANES = availableParallelism() + 1

/** What exports are made with. */
export interface ExportTools {
  readonly assets: IpsAssets
  readonly catalogues: Pick<Catalogues, 'of'>
  readonly makePicture: ReturnType<typeof createMakePicture>
  readonly countPages: CountPages
  readonly exports: KeptExports
  readonly writeZip: WriteZip
  readonly limits: ExportLimits
  readonly log: Pick<Log, 'error'>
  /** The clock, in milliseconds of the epoch. */
  readonly now: () => number
}

/**
 * Makes what exports assets into a ZIP: as they are, or as pictures of Image Serving. Pictures that are finished stay when the job
 * is paused or the service ends.
 */
export function createExportJob(tools: ExportTools): JobKind {
  const { assets, catalogues, limits } = tools
  const lanes = createQueue(LANES)

  async function check(
    details: unknown,
    { company, origin, signal }: Parameters<JobKind['check']>[1],
  ) {
    const wanted = readExportDetails(details, origin)
    const { assetHandleArray: handles, fmt } = wanted
    const known = await assets.demandAll(company, handles)
    if (fmt === 'convert') await readQuery(wanted, company, catalogues, signal)
    if (fmt === 'convert' && handles.length > limits.mostAssets) {
      throw new IpsFault(
        'invalidParameter',
        `An export has at most ${limits.mostAssets} assets, and this one has ${handles.length}.`,
      )
    }
    const ways = known.map(({ asset, record }) =>
      wayOf(asset, ipsTypeOf(asset, record.setType), fmt),
    )
    const [first] = ways
    if (first?.way === 'none' && ways.every(({ way }) => way === 'none')) {
      throw new IpsFault('invalidParameter', `Nothing is left to export: ${first.why}.`)
    }
    return wanted
  }

  return {
    type: 'Export',
    logType: 'BeginGet',
    check,
    emailSetting: (details) => readKeptDetails(details).emailSetting,
    tell(details) {
      const { origin: _, ...exportJob } = readKeptDetails(details)
      return { exportJob }
    },
    run: (job, work) => runExport(job, work, tools, lanes),
  }
}

async function runExport(
  job: IpsJob,
  work: JobWork,
  tools: ExportTools,
  lanes: Queue,
): Promise<JobLine> {
  const { assets, catalogues, exports, writeZip, limits, now } = tools
  const { company, number } = job
  const details = readKeptDetails(job.details)
  const { fmt, assetHandleArray: handles, origin } = details
  const query = fmt === 'convert' ? await readQuery(details, company, catalogues, work.signal) : ''
  const folder = await exports.workOf(number)
  const report = await openReport(work, handles.length)
  const entries: (readonly ExportEntry[])[] = []
  let bytes = 0

  function take(size: number): void {
    bytes += size
    if (fmt === 'orig' || bytes <= limits.mostBytes) return
    throw new IpsFault(
      'exception',
      `The files of the export have more than ${limits.mostBytes} bytes together, which is the most that is converted at a time.`,
    )
  }

  async function exportOne(handle: string, item: number, signal: AbortSignal): Promise<void> {
    const start = now()
    const known = await findKnown(assets, company, handle)
    if (!known) {
      const message = `The asset with the handle ${handle} was removed before it was exported.`
      return report.tell('errors', { type: 'GetFailure', message, item })
    }
    const {
      asset: { name },
      record,
    } = known
    const asset = { number: record.number, name, type: ipsTypeOf(known.asset, record.setType) }
    const wish = { fmt, query, folder, mostPixels: limits.mostPixels, take, signal }
    const made = await exportAsset(known, wish, tools)
    const about = { asset, item, spent: { start, end: now() } }
    if (made.outcome !== 'exported') {
      const isLeft = made.outcome === 'left'
      const line = { type: isLeft ? 'FileCancel' : 'GetFailure', message: made.message, ...about }
      return report.tell(isLeft ? 'warnings' : 'errors', line)
    }
    entries[item] = made.entries
    return report.tell('successes', { type: 'FileEnd', message: made.message, ...about })
  }

  try {
    try {
      await runEach(handles, { queue: lanes, atOnce: LANES, signal: work.signal }, exportOne)
    } finally {
      await report.finish()
    }
    const nameEntry = createEntryNames()
    // Of what was not exported there is nothing.
    const files = entries.flat().map(({ file, name }) => ({ file, name: nameEntry(name) }))
    if (files.length === 0) {
      throw new IpsFault(
        'exception',
        handles.length === 1
          ? 'The asset could not be exported.'
          : `None of the ${handles.length} assets could be exported.`,
      )
    }
    const zip = exports.fileOf(number)
    await writeZip(`${zip}.unfinished`, files, work.signal)
    await rename(`${zip}.unfinished`, zip)
  } catch (error) {
    const told = refuse(error)
    if (!(told instanceof ServiceError)) throw told
    throw new IpsFault('exception', told.message, { cause: error })
  }
  const kept = await exports.publish(number, cleanName(`${cleanName(job.name)}.zip`))
  return { type: 'EndGet', message: `The export is ready: ${urlOfExport(origin, kept)}` }
}

async function findKnown(
  assets: IpsAssets,
  company: string,
  handle: string,
): Promise<KnownAsset | undefined> {
  try {
    return await assets.demand(company, handle)
  } catch (error) {
    if (error instanceof IpsFault) return undefined
    throw error
  }
}

function readQuery(
  { is_modifier: modifier, macro }: ExportDetails,
  company: string,
  catalogues: Pick<Catalogues, 'of'>,
  signal: AbortSignal,
): Promise<string> {
  return withPrepared(signal, () => readExportQuery({ modifier, macro }, catalogues.of(company)))
}
