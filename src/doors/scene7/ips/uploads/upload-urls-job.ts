import { ReadableStream } from 'node:stream/web'
import * as z from 'zod/mini'
import { ServiceError } from '../../../../base/errors.ts'
import type { Log } from '../../../../base/log.ts'
import { isWebUrl } from '../../../../base/web-url.ts'
import { PeerError } from '../../../../peers/peer-error.ts'
import type { Reachable } from '../../../../peers/peer.ts'
import { urlImport } from '../../../../peers/url/url-import.ts'
import { createQueue } from '../../../../tasks/queue.ts'
import { readSentName } from '../../catalogue/keep-sent-file.ts'
import { IpsFault } from '../ips-fault.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { runEach } from '../jobs/run-each.ts'
import { handleOfJob } from '../jobs/told-jobs.ts'
import { readDestFolder } from './dest-folder.ts'
import type { KeepUpload, UploadedFile } from './keep-upload.ts'
import { readUploadOptions, tellUnused, uploadOptionsSchema } from './upload-options.ts'

/** Files that are fetched at a time, by all jobs and by one. */
const MOST_FETCHES = 16
const FETCHES_OF_JOB = 4

const wantedSchema = z.looseObject({
  urlArray: z.optional(z.array(z.object({ sourceUrl: z.string(), destPath: z.string() }))),
})

const keptSchema = z.object({
  urls: z.array(
    z.object({
      url: z.string(),
      folder: z.string(),
      /** In place of the name that the file comes with. */
      fileName: z.optional(z.string()),
    }),
  ),
  options: uploadOptionsSchema,
})

type UrlUpload = z.infer<typeof keptSchema>['urls'][number]

/** Makes what uploads files from URLs: a file that cannot be had keeps none of the others away. */
export function createUploadUrlsJob({
  keepUpload,
  reachable,
  log,
}: {
  readonly keepUpload: KeepUpload
  /** Which hosts URLs may name. */
  readonly reachable: () => Reachable
  readonly log: Pick<Log, 'error'>
}): JobKind {
  const queue = createQueue(MOST_FETCHES)

  /** What a file failed for. A full disk fails all of them. */
  function explain(error: unknown, index: number): string {
    if (error instanceof PeerError) return error.message
    if (error instanceof ServiceError && error.status !== 507) return error.message
    if (error instanceof ServiceError) throw error
    log.error(`the file ${index} of an upload by URLs failed: ${String(error)}`)
    return 'The file could not be kept; the log of the service tells why.'
  }

  return {
    type: 'UrlUpload',
    logType: 'BeginUploadUrls',
    goesOn: true,
    check(details, { company }) {
      const { urlArray = [], numUrls: _, ...options } = wantedSchema.parse(details)
      if (urlArray.length === 0) {
        throw new IpsFault('missingParameter', 'uploadUrlsJob needs urlArray, with items in it.')
      }
      const urls = urlArray.map((each, index) => readUrl(each, index, company))
      return { urls, options: readUploadOptions(options) }
    },
    emailSetting: (details) => keptSchema.parse(details).options.emailSetting,
    tell(details) {
      // The URLs themselves may be signed.
      const { urls, options } = keptSchema.parse(details)
      const { unused: _, ...told } = options
      return { uploadUrlsJob: { numUrls: urls.length, ...told } }
    },
    async run(job, { signal, count, log: tell, tally, logged }) {
      const { company } = job
      const { urls, options } = keptSchema.parse(job.details)
      const done = new Set(logged.flatMap(({ item }) => item ?? []))
      let uploaded = logged.filter(({ type }) => type === 'FileEnd').length
      if (done.size === 0) {
        await count({ total: urls.length, successes: 0, errors: 0, warnings: 0 })
      }
      const unused = tellUnused(options)
      if (unused && logged.length === 0) await tell(unused)
      await runEach(urls, { queue, atOnce: FETCHES_OF_JOB, signal }, async (each, item, either) => {
        if (done.has(item)) return
        const fetching = new AbortController()
        try {
          const line = await keepUpload({
            company,
            folder: each.folder,
            options,
            origin: `${handleOfJob(job)}|${item}`,
            open: () =>
              openUrl(each, { ...reachable(), signal: AbortSignal.any([either, fetching.signal]) }),
          })
          uploaded += 1
          await tally('successes', { ...line, item })
        } catch (error) {
          // Nobody reads on what is not kept.
          fetching.abort()
          either.throwIfAborted()
          await tally('errors', { type: 'GetFailure', message: explain(error, item), item })
        }
      })
      if (uploaded === 0) {
        throw new IpsFault('exception', `None of the ${urls.length} files could be uploaded.`)
      }
      return {
        type: 'EndUploadUrls',
        message: `${uploaded} of ${urls.length} files are uploaded.`,
      }
    },
  }
}

async function openUrl(
  { url, fileName }: UrlUpload,
  context: Reachable & { signal: AbortSignal },
): Promise<UploadedFile> {
  const [file] = await urlImport.find({ url }, context)
  if (!file) throw new ServiceError('not_found', 'There is no file behind the URL.')
  const body = ReadableStream.from(await file.open(0, context.signal))
  return { fileName: fileName ?? file.name, contentType: file.contentType, body }
}

function readUrl(
  { sourceUrl, destPath }: { sourceUrl: string; destPath: string },
  index: number,
  company: string,
): UrlUpload {
  const url = sourceUrl.trim()
  if (!isWebUrl(url)) {
    throw new IpsFault(
      'invalidParameter',
      `The sourceUrl of items[${index}] must be an absolute URL that begins with https: or http:.`,
    )
  }
  const slash = destPath.lastIndexOf('/') + 1
  const folder = readDestFolder('destPath', destPath.slice(0, slash), company)
  const fileName = destPath.slice(slash).trim()
  if (fileName === '') return { url, folder }
  try {
    readSentName(fileName)
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    throw new IpsFault('invalidParameter', `The destPath of items[${index}]: ${error.message}`, {
      cause: error,
    })
  }
  return { url, folder, fileName }
}
