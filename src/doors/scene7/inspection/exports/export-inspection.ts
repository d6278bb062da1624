import { ServiceError } from '../../../../base/errors.ts'
import type { FindMail } from '../../../../mail/mail.ts'
import type { IpsAssets, KnownAsset } from '../../ips/assets/ips-assets.ts'
import { readKeptDetails } from '../../ips/exports/export-details.ts'
import type { KeptExports } from '../../ips/exports/kept-exports.ts'
import type { Handlers, IpsCall } from '../../ips/ips-call.ts'
import { IpsFault } from '../../ips/ips-fault.ts'
import type { IpsJob } from '../../ips/jobs/ips-job.ts'
import type { JobKinds } from '../../ips/jobs/job-kind.ts'
import type { KeptJobLine } from '../../ips/jobs/job-row.ts'
import type { JobStore } from '../../ips/jobs/job-store.ts'
import type { OwedMails } from '../../ips/jobs/owed-mails.ts'
import { handleOfJob } from '../../ips/jobs/told-jobs.ts'
import type { IpsUser } from '../../ips/users/directory.ts'
import {
  type ExportCommands,
  type ExportPreviews,
  handlesOf,
  type PreviewedEntry,
} from './export-preview.ts'
import { EXPORT_KIND, type InspectedExport, inspectExport } from './inspected-export.ts'
import { type InspectedMail, mailOfJob } from './mail-of-job.ts'

/** What is done to a job by the operations of IPS. */
const DEEDS = {
  stop: 'stopJob',
  pause: 'pauseJob',
  resume: 'resumeJob',
  begin: 'executeJob',
  delete: 'deleteJob',
} as const

/** One of {@link DEEDS}. */
export type ExportDeed = keyof typeof DEEDS

/** An export that is asked for. */
export interface WantedExport extends ExportCommands {
  readonly company: string
  /** By their names. */
  readonly assets: readonly string[]
  readonly emailSetting: string
}

/** What the developer page shows of exports, and has done: as the administrator, by the operations of IPS. */
export interface ExportInspection {
  /** Tells of each job that has changed, by its number; undefined when it may be any. @returns what ends it */
  readonly listen: (listener: (job: number | undefined) => void) => () => void
  /** Newest first, of all companies. */
  readonly list: () => Promise<readonly InspectedExport[]>
  readonly find: (number: number) => Promise<InspectedExport | undefined>
  /** All that is known of a job, and the names that its assets have now, where they are still there. */
  readonly detail: (number: number) => Promise<
    | {
        readonly job: InspectedExport
        readonly assets: readonly (string | undefined)[]
        readonly lines: readonly KeptJobLine[]
        readonly mail: InspectedMail
      }
    | undefined
  >
  /**
   * Says what an export would be.
   *
   * @param many - how many of its entries are told, from the first
   * @returns the handles of its assets, and why IPS would refuse it, in a sentence
   * @throws {ServiceError} `not_found` for an asset that is not there
   */
  readonly preview: (
    wanted: WantedExport,
    many: number,
    signal: AbortSignal,
  ) => Promise<{
    readonly handles: readonly string[]
    readonly entries: readonly PreviewedEntry[]
    readonly problem?: string
  }>
  /** See {@link ExportPreviews.draw}. */
  readonly draw: ExportPreviews['draw']
  /**
   * Submits a job. @returns its number
   *
   * @throws {ServiceError} what IPS refuses
   */
  readonly submit: (
    wanted: WantedExport & { readonly name: string },
    call: Pick<IpsCall, 'origin' | 'signal'>,
  ) => Promise<number>
  /** @throws {ServiceError} likewise, and `not_found` */
  readonly act: (
    number: number,
    deed: ExportDeed,
    call: Pick<IpsCall, 'origin' | 'signal'>,
  ) => Promise<void>
}

/** Makes what the developer page inspects. */
export function createExportInspection({
  store,
  listen,
  kinds,
  operations,
  admin,
  assets,
  exports,
  previews,
  owed,
  findMail,
}: {
  readonly store: JobStore
  readonly listen: ExportInspection['listen']
  readonly kinds: JobKinds
  readonly operations: Pick<Handlers, 'submitJob' | (typeof DEEDS)[ExportDeed]>
  /** Who does what is done here. */
  readonly admin: () => Promise<IpsUser>
  readonly assets: IpsAssets
  readonly exports: Pick<KeptExports, 'ofJob' | 'ofJobs'>
  readonly previews: ExportPreviews
  readonly owed: Pick<OwedMails, 'isOwed'>
  readonly findMail: FindMail
}): ExportInspection {
  async function findJob(number: number): Promise<IpsJob | undefined> {
    const job = await store.find(number)
    return job?.kind === EXPORT_KIND ? job : undefined
  }

  async function demandAssets(
    company: string,
    names: readonly string[],
  ): Promise<readonly KnownAsset[]> {
    const byName = await assets.several(company, names)
    const found = names.map((name) => {
      const asset = byName.get(name)
      if (asset?.company === company) return asset
      throw new ServiceError(
        'not_found',
        `There is no asset ${JSON.stringify(name.slice(0, 100))} in ${company} any more: take it out of the export.`,
      )
    })
    const told = await assets.tell(company, found)
    return assets.demandAll(
      company,
      told.map(({ assetHandle = '' }) => assetHandle),
    )
  }

  return {
    listen,
    draw: previews.draw,
    async list() {
      const { memberships } = await admin()
      const all = await Promise.all(
        memberships.flatMap(({ company }) =>
          (['waiting', 'running', 'done'] as const).map((state) => store.list(company, state)),
        ),
      )
      const jobs = all.flat().filter(({ kind }) => kind === EXPORT_KIND)
      const made = await exports.ofJobs(jobs.map(({ number }) => number))
      return jobs
        .toSorted((one, other) => other.number - one.number)
        .map((job) => inspectExport(job, made.get(job.number)))
    },
    async find(number) {
      const job = await findJob(number)
      return job && inspectExport(job, await exports.ofJob(number))
    },
    async detail(number) {
      const job = await findJob(number)
      if (!job) return undefined
      const { assetHandleArray, emailSetting } = readKeptDetails(job.details)
      const known = await assets.findAll(job.company, assetHandleArray)
      return {
        job: inspectExport(job, await exports.ofJob(number)),
        assets: known.map((each) => each?.asset.name),
        lines: await store.linesOf(number),
        mail: await mailOfJob(job, emailSetting, { owed, findMail }),
      }
    },
    async preview(wanted, many, signal) {
      const { company } = wanted
      const known = await demandAssets(company, wanted.assets)
      const handles = handlesOf(known)
      try {
        const call = { company, origin: '', signal }
        await kinds.get(EXPORT_KIND)?.check(toDetails(wanted, handles), call)
        const entries = await previews.entries(company, known.slice(0, many), wanted, signal)
        return { handles, entries }
      } catch (error) {
        if (!(error instanceof IpsFault)) throw error
        return { handles, entries: [], problem: error.message }
      }
    },
    async submit({ name, ...wanted }, call) {
      const { company } = wanted
      const handles = handlesOf(await demandAssets(company, wanted.assets))
      const exportJob = toDetails(wanted, handles)
      const takes = { companyHandle: `c|${company}`, jobName: name, exportJob }
      const user = await admin()
      const { jobHandle } = await asRefusal(() =>
        operations.submitJob(takes, { ...call, company, user }),
      )
      return Number(jobHandle.slice(jobHandle.indexOf('|') + 1))
    },
    async act(number, deed, call) {
      const job = await findJob(number)
      if (!job) throw new ServiceError('not_found', `There is no export ${number} any more.`)
      const { company } = job
      const takes = { companyHandle: `c|${company}`, jobHandle: handleOfJob(job) }
      const operation = operations[DEEDS[deed]]
      const user = await admin()
      await asRefusal(() => operation(takes, { ...call, company, user }))
    },
  }
}

/** What IPS refuses is refused with the same sentence. */
async function asRefusal<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof IpsFault)) throw error
    throw new ServiceError('invalid', error.message, { cause: error })
  }
}

/** The members of an exportJob. */
function toDetails(
  { fmt, modifier, macro, emailSetting }: WantedExport,
  handles: readonly string[],
) {
  const isConverted = fmt === 'convert'
  return {
    assetHandleArray: handles,
    fmt,
    is_modifier: isConverted ? modifier : undefined,
    macro: isConverted ? macro : undefined,
    emailSetting,
  }
}
