import path from 'node:path'
import type { Hono } from 'hono'
import type { Log } from '../../../base/log.ts'
import type { Part } from '../../../base/part.ts'
import type { FrontEnds } from '../../../database/front-ends.ts'
import type { Guesses } from '../../../http/guesses.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { CountPages } from '../../../image-pool/render-job.ts'
import type { FindMail, SendMail } from '../../../mail/mail.ts'
import type { Reachable } from '../../../peers/peer.ts'
import type { AssetSource } from '../catalogue/asset.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import type { KeptAssets } from '../catalogue/kept-assets.ts'
import type { Presets } from '../catalogue/presets.ts'
import {
  createExportInspection,
  type ExportInspection,
} from '../inspection/exports/export-inspection.ts'
import { createExportPreviews } from '../inspection/exports/export-preview.ts'
import type { ReadXmp } from '../responses/xmp-answer.ts'
import type { MakeThumbnail } from '../serving/make-thumbnail.ts'
import type { Pictures } from '../serving/pictures.ts'
import type { Credentials } from '../upload/credentials.ts'
import { createIdleUploads } from '../upload/idle-uploads.ts'
import { createUploadJobs } from '../upload/upload-jobs.ts'
import { createUploadRoutes } from '../upload/upload-routes.ts'
import { createAssetRecords } from './assets/asset-records.ts'
import { createFolders } from './assets/folders.ts'
import { createIpsAssets } from './assets/ips-assets.ts'
import { createExportJob } from './exports/export-job.ts'
import type { ExportLimits } from './exports/export-limits.ts'
import { createExportRoutes } from './exports/export-routes.ts'
import { type ExportsElsewhere, openKeptExports } from './exports/kept-exports.ts'
import { createMakePicture, type PlanPicture } from './exports/make-picture.ts'
import type { WriteZip } from './exports/write-zip.ts'
import { createIdentify, type VerifyToken } from './identify-caller.ts'
import { createIpsRoutes } from './ips-routes.ts'
import type { IpsDatabase } from './ips-tables.ts'
import type { JobKinds, ToldKind, ToldKinds } from './jobs/job-kind.ts'
import { createJobMails } from './jobs/job-mails.ts'
import { hearOfJobs, hearOfTurns } from './jobs/job-news.ts'
import { createPicturesOfJob } from './jobs/job-pictures.ts'
import { createJobRunner } from './jobs/job-runner.ts'
import { createJobStore, type JobStore } from './jobs/job-store.ts'
import { createOwedMails } from './jobs/owed-mails.ts'
import { createPublishJob } from './jobs/publish-job.ts'
import { createRunStore } from './jobs/run-store.ts'
import { createScheduleStore } from './jobs/schedule-store.ts'
import { createAccountOperations } from './operations/account-operations.ts'
import { createChangeOperations } from './operations/change-operations.ts'
import { createDetailOperations } from './operations/detail-operations.ts'
import { createFolderOperations } from './operations/folder-operations.ts'
import { createFormatOperations } from './operations/format-operations.ts'
import { createJobLogOperations } from './operations/job-log-operations.ts'
import { createJobOperations } from './operations/job-operations.ts'
import { createSearchOperations } from './operations/search-operations.ts'
import { createSetOperations } from './operations/set-operations.ts'
import { createOperationRunner } from './run-operation.ts'
import { createKeepUpload } from './uploads/keep-upload.ts'
import { UPLOAD_POST_JOB, uploadPostKind } from './uploads/upload-post-job.ts'
import { createUploadUrlsJob } from './uploads/upload-urls-job.ts'
import { type Administrators, createAdministrators } from './users/administrators.ts'
import { createDirectory, maySubmit } from './users/directory.ts'
import { createKeptUsers } from './users/kept-users.ts'
import type { UsersDatabase } from './users/users-tables.ts'

/** How often exports are looked through for those that have expired, and mails for those that no server took, in milliseconds. */
const SWEEP_MS = 60 * 60_000

/** How often uploads are looked through for those that nobody goes on with, in milliseconds. */
const UPLOADS_SWEEP_MS = 60_000

/** The SOAP side of Scene7, the Image Production System. */
export interface Ips extends Part {
  /** To be mounted at the root. */
  readonly app: Hono<HttpEnv>
  /** For the developer page. */
  readonly exports: ExportInspection
  /** See {@link JobStore.counts}. */
  readonly countJobs: JobStore['counts']
  readonly administrators: Administrators
}

/**
 * Opens it.
 *
 * @param options.home - the state folder
 * @param options.database - jobs and what is kept of assets, and `usersDatabase` the users
 * @param options.frontEnds - those that work on the databases
 * @param options.elsewhere - what has the ZIPs of exports, where it is not the state folder
 * @param options.credentials - the administrator, and the company of the house
 * @param options.guesses - of passwords
 * @param options.reachable - which hosts URLs may name
 * @param options.assets - all there are; `kept` are those of them that may be changed
 * @param options.planPicture - plans the pictures of exports, which `pictures` makes; `countPages` tells how many a PDF has, and
 *   `writeZip` makes their ZIPs
 * @param options.sendMail - sends mails about jobs, `makeThumbnail` makes the pictures in them, and `findMail` says where they are
 * @param options.now - the clock, in milliseconds of the epoch
 * @param options.verifyToken - says whether an access token is one of this service
 */
export async function openIps(options: {
  readonly home: string
  readonly database: IpsDatabase
  readonly usersDatabase: UsersDatabase
  readonly frontEnds: FrontEnds
  readonly elsewhere?: ExportsElsewhere | undefined
  readonly credentials: Credentials
  readonly guesses: Guesses
  readonly verifyToken: VerifyToken
  readonly reachable: () => Reachable
  readonly assets: AssetSource
  readonly kept: KeptAssets
  /** Whose assets there are. */
  readonly companies: () => Iterable<string>
  readonly presets: Presets
  readonly readXmp: ReadXmp
  readonly catalogues: Catalogues
  readonly planPicture: PlanPicture
  readonly pictures: Pictures
  readonly countPages: CountPages
  readonly writeZip: WriteZip
  readonly exportLimits: ExportLimits
  readonly sendMail: SendMail
  readonly findMail: FindMail
  readonly makeThumbnail: MakeThumbnail
  readonly log: Pick<Log, 'error' | 'info'>
  readonly now: () => number
}): Promise<Ips> {
  const { credentials, guesses, kept, presets, log, catalogues, planPicture, pictures, writeZip } =
    options
  const { database, frontEnds } = options
  const users = createKeptUsers(options.usersDatabase)
  const companies = async (): Promise<readonly string[]> => {
    const all = await users.list()
    const members = all.flatMap(({ memberships }) => memberships)
    const others = [...options.companies(), ...members.map(({ company }) => company)]
    return [...new Set([credentials.company, ...others.toSorted()])]
  }
  const directory = createDirectory({ users, credentials, companies, guesses })
  const records = createAssetRecords(database)
  const assets = createIpsAssets({ assets: options.assets, kept, records })
  const folders = createFolders(database, options.assets, options.now)
  const store = createJobStore(database, options.now)
  const runs = createRunStore(database, frontEnds.id, options.now)
  const owed = createOwedMails(database, frontEnds.id)
  const schedules = createScheduleStore(database, options.now)
  const exports = await openKeptExports(database, {
    folder: path.join(options.home, 'scene7', 'exports'),
    elsewhere: options.elsewhere,
    now: options.now,
  })
  const keepUpload = createKeepUpload({ kept, records })
  const kinds: JobKinds = new Map([
    ['imageServingPublishJob', createPublishJob(options.assets, records)],
    [
      'exportJob',
      createExportJob({
        assets,
        catalogues,
        makePicture: createMakePicture(planPicture, pictures),
        countPages: options.countPages,
        exports,
        writeZip,
        limits: options.exportLimits,
        log,
        now: options.now,
      }),
    ],
    ['uploadUrlsJob', createUploadUrlsJob({ keepUpload, reachable: options.reachable, log })],
  ])
  const told: ToldKinds = new Map<string, ToldKind>([...kinds, [UPLOAD_POST_JOB, uploadPostKind]])
  const isOpen = async (number: number): Promise<boolean> =>
    ((await store.find(number))?.state ?? 'done') !== 'done'
  const sweep = (): Promise<void> =>
    exports
      .sweep(isOpen, frontEnds.isFirst())
      .catch((error: unknown) => log.error(`old exports could not be removed: ${String(error)}`))
  const mails = createJobMails({
    store,
    owed,
    kinds: told,
    picturesOf: createPicturesOfJob(assets, options.makeThumbnail),
    sendMail: options.sendMail,
    log,
  })
  const jobs = createJobRunner({
    store,
    runs,
    schedules,
    kinds,
    mayRun: async ({ company, email }) => maySubmit(await directory.find(email), company),
    onEnd: mails.wake,
    log,
    now: options.now,
  })
  const idle = createIdleUploads(database, options.now)
  const uploads = createUploadJobs({ store, idle, onEnd: mails.wake, now: options.now })
  const sweepUploads = (): Promise<void> =>
    uploads
      .sweep()
      .catch((error: unknown) => log.error(`old uploads could not be ended: ${String(error)}`))
  const identify = createIdentify(directory, options.verifyToken)
  const jobOperations = createJobOperations({
    store,
    schedules,
    runner: jobs,
    mails,
    kinds,
    told,
    directory,
    now: options.now,
  })
  const runner = createOperationRunner(
    {
      ...createAccountOperations(directory),
      ...createFormatOperations(presets),
      ...createFolderOperations({ assets, records, folders }),
      ...createSearchOperations({ assets, records, folders }),
      ...createChangeOperations({ assets, records, folders }),
      ...createSetOperations({ assets, records }),
      ...jobOperations,
      ...createJobLogOperations({ store, kinds: told, directory, assets }),
      ...createDetailOperations({ assets, records, readXmp: options.readXmp }),
    },
    directory,
  )
  /** @param alive - front ends that may have jobs and mails under way */
  const recover = async (alive: readonly string[]): Promise<void> => {
    await runs.recover(alive)
    await owed.recover(alive)
  }
  // This one has none yet.
  await recover(frontEnds.living().filter((id) => id !== frontEnds.id))
  const ending = [
    hearOfTurns(database, (number) => {
      jobs.check(number)
      jobs.wake()
    }),
    frontEnds.onGone(() => {
      jobs.check(undefined)
      void recover(frontEnds.living()).then(mails.wake, (error: unknown) =>
        log.error(`jobs of another front end could not be taken over: ${String(error)}`),
      )
    }),
  ]
  const timers: NodeJS.Timeout[] = []
  const repeat = (work: () => void, ms: number): void => {
    timers.push(setInterval(work, ms).unref())
  }
  return {
    app: createIpsRoutes({ runner, identify, log })
      .route('/', createUploadRoutes({ identify, jobs: uploads, keepUpload, log }))
      .route('/', createExportRoutes(exports, options.now)),
    administrators: createAdministrators(directory, users),
    exports: createExportInspection({
      store,
      listen: (listener) => hearOfJobs(database, listener),
      kinds,
      operations: jobOperations,
      admin: directory.admin,
      assets,
      exports,
      previews: createExportPreviews({
        assets,
        catalogues,
        planPicture,
        pictures,
        countPages: options.countPages,
        limits: options.exportLimits,
      }),
      owed,
      findMail: options.findMail,
    }),
    countJobs: store.counts,
    async start() {
      repeat(() => {
        void sweep()
        mails.wake()
      }, SWEEP_MS)
      repeat(() => void sweepUploads(), UPLOADS_SWEEP_MS)
      await sweepUploads()
      await sweep()
      jobs.wake()
      mails.wake()
    },
    pause: jobs.stop,
    async close() {
      for (const timer of timers) clearInterval(timer)
      for (const end of ending) end()
      await jobs.stop()
      await mails.stop()
    },
  }
}
