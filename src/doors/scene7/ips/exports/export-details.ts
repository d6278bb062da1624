import * as z from 'zod/mini'
import { IpsFault } from '../ips-fault.ts'
import { EMAIL_SETTINGS } from '../jobs/email-setting.ts'
import { chooseValue } from '../operations/choose-value.ts'
import type { ExportFormat } from './exportable.ts'

const FORMATS: readonly ExportFormat[] = ['orig', 'convert']

const wantedSchema = z.object({
  assetHandleArray: z.array(z.string()),
  fmt: z.string(),
  is_modifier: z.optional(z.string()),
  macro: z.optional(z.string()),
  emailSetting: z.string(),
  clientId: z.optional(z.string()),
})

const keptSchema = z.extend(wantedSchema, {
  fmt: z.enum(['orig', 'convert']),
  emailSetting: z.enum(EMAIL_SETTINGS),
  /** Of this service as the client has reached it, which the link begins with. */
  origin: z.string(),
})

/** What an exportJob asks for, without what is wrong with it. */
export type ExportDetails = z.infer<typeof keptSchema>

/**
 * Reads what is submitted.
 *
 * @throws {@link IpsFault} `invalidParameter` for what is none of the constants, and for no assets at all
 */
export function readExportDetails(details: unknown, origin: string): ExportDetails {
  const wanted = wantedSchema.parse(details)
  const fmt = chooseValue('fmt', wanted.fmt, FORMATS) ?? 'orig'
  const emailSetting = chooseValue('emailSetting', wanted.emailSetting, EMAIL_SETTINGS) ?? 'None'
  if (wanted.assetHandleArray.length === 0) {
    throw new IpsFault('invalidParameter', 'assetHandleArray must have assets, and it has none.')
  }
  // One that is named twice is exported once.
  const assetHandleArray = [...new Set(wanted.assetHandleArray)]
  return { ...wanted, assetHandleArray, fmt, emailSetting, origin }
}

/** Reads what was kept of it. */
export function readKeptDetails(details: unknown): ExportDetails {
  return keptSchema.parse(details)
}
