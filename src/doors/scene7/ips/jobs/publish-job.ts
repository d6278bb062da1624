import * as z from 'zod/mini'
import type { AssetSource } from '../../catalogue/asset.ts'
import type { AssetRecords } from '../assets/asset-records.ts'
import { IpsFault } from '../ips-fault.ts'
import { chooseValue } from '../operations/choose-value.ts'
import { EMAIL_SETTINGS } from './email-setting.ts'
import type { JobKind } from './job-kind.ts'

const detailsSchema = z.object({
  publishType: z.string(),
  emailSetting: z.string(),
  httpCompletionUrl: z.optional(z.string()),
  contextHandle: z.optional(z.string()),
})

const keptSchema = z.object({ emailSetting: z.enum(EMAIL_SETTINGS) })

/**
 * Makes what publishes: Image Serving shows what is kept at once, so it counts what is marked for publishing and is done.
 */
export function createPublishJob(assets: AssetSource, records: AssetRecords): JobKind {
  return {
    type: 'ImageServingPublish',
    logType: 'BeginImageServingPublish',
    check(details) {
      const { publishType, emailSetting, httpCompletionUrl, contextHandle } =
        detailsSchema.parse(details)
      chooseValue('publishType', publishType, ['Full', 'FullWithSearch', 'Incremental'])
      chooseValue('emailSetting', emailSetting, EMAIL_SETTINGS)
      if (httpCompletionUrl !== undefined || contextHandle !== undefined) {
        throw new IpsFault(
          'exception',
          'There are no publish contexts here, and no URL is called when a job is done: httpCompletionUrl and contextHandle must be left out.',
        )
      }
      return details
    },
    emailSetting: (details) => keptSchema.parse(details).emailSetting,
    tell: (details) => ({ imageServingPublishJob: detailsSchema.parse(details) }),
    async run({ company }, { count, log }) {
      const unready = await records.unready(company)
      const all = await assets.list(company)
      const ready = all.filter(({ name }) => !unready.has(name)).length
      await count({ total: ready, successes: ready, errors: 0, warnings: 0 })
      await log({
        type: 'EndImageServingPublish',
        message: `${ready} of ${all.length} assets are marked for publishing. Image Serving shows what is kept at once.`,
      })
      return undefined
    },
  }
}
