import * as z from 'zod/mini'
import { IpsFault } from '../ips-fault.ts'
import { EMAIL_SETTINGS } from '../jobs/email-setting.ts'
import type { JobLine } from '../jobs/ips-job.ts'
import { chooseValue } from '../operations/choose-value.ts'

/** What is kept of how files are uploaded. */
export const uploadOptionsSchema = z.object({
  overwrite: z.boolean(),
  /** Whether assets are marked for publishing. */
  readyForPublish: z.boolean(),
  /** Whether those that are replaced stay marked as they were. */
  preservePublishState: z.boolean(),
  createMask: z.boolean(),
  emailSetting: z.enum(EMAIL_SETTINGS),
  /** Members that make no difference. */
  unused: z.array(z.string()),
})

/** How files are uploaded, by UploadFile as by URLs. */
export type UploadOptions = z.infer<typeof uploadOptionsSchema>

const givenSchema = z.looseObject({
  overwrite: z._default(z.boolean(), true),
  readyForPublish: z._default(z.boolean(), true),
  preservePublishState: z._default(z.boolean(), false),
  createMask: z._default(z.boolean(), false),
  emailSetting: z._default(z.string(), 'None'),
  postHttpUrl: z.optional(z.string()),
  unCompressOptions: z.optional(z.looseObject({ process: z.optional(z.string()) })),
})

/** Members that are read, and those that ask for nothing of what there is here, whatever they say. */
const SILENT: ReadonlySet<string> = new Set([
  'overwrite',
  'readyForPublish',
  'preservePublishState',
  'emailSetting',
  'preserveCrop',
  'synchronizationComplete',
  'excludeMasterVideoFromAVS',
  'postJobOnlyIfFiles',
])

/**
 * Reads what UploadPostJob and UploadUrlsJob have in common. What would change files or make others of them is told in the log, as
 * clients send whole sets of such options: files are kept as they come.
 *
 * @throws {@link IpsFault} `invalidParameter` for what is none of the constants, `exception` for what somebody would wait for in vain
 */
export function readUploadOptions(given: Readonly<Record<string, unknown>>): UploadOptions {
  const { postHttpUrl, unCompressOptions, ...read } = givenSchema.parse(given)
  const { overwrite, readyForPublish, preservePublishState, createMask } = read
  const emailSetting = chooseValue('emailSetting', read.emailSetting, EMAIL_SETTINGS) ?? 'None'
  if (postHttpUrl !== undefined && postHttpUrl !== '') {
    throw new IpsFault(
      'exception',
      'No URL is called when a job is done: postHttpUrl must be left out.',
    )
  }
  const process = chooseValue('process', unCompressOptions?.process, ['None', 'UnCompress'])
  if (process === 'UnCompress') {
    throw new IpsFault(
      'exception',
      'Archives are kept as they come: the process of unCompressOptions must be None.',
    )
  }
  const unused = Object.entries(given)
    .filter(([name, value]) => !SILENT.has(name) && asksForSomething(value))
    .map(([name]) => name)
  return { overwrite, readyForPublish, preservePublishState, createMask, emailSetting, unused }
}

/** Tells of what makes no difference; undefined when all does. */
export function tellUnused({ unused }: UploadOptions): JobLine | undefined {
  if (unused.length === 0) return undefined
  const verb = unused.length === 1 ? 'makes' : 'make'
  return {
    type: 'UploadWarning',
    message: `${unused.join(', ')} ${verb} no difference: files are kept as they come.`,
  }
}

function asksForSomething(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return value !== undefined && value !== false && value !== 0 && value !== '' && value !== 'None'
  }
  return Object.values(value).some(asksForSomething)
}
