import type { IpsJob } from './ips-job.ts'

/** When somebody wants a mail about a job (r-email-settings). */
export const EMAIL_SETTINGS = ['All', 'Error', 'ErrorAndWarning', 'JobCompletion', 'None'] as const

/** One of {@link EMAIL_SETTINGS}. */
export type EmailSetting = (typeof EMAIL_SETTINGS)[number]

/** Whether somebody wants a mail about a job that has ended like this. */
export function wantsMail(
  setting: EmailSetting,
  { errors, warnings, isFatal }: Pick<IpsJob, 'errors' | 'warnings' | 'isFatal'>,
): boolean {
  if (setting === 'None') return false
  if (setting === 'All' || setting === 'JobCompletion') return true
  return isFatal || errors > 0 || (setting === 'ErrorAndWarning' && warnings > 0)
}
