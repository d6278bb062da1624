import type { FindMail, MailPlace } from '../../../../mail/mail.ts'
import { type EmailSetting, wantsMail } from '../../ips/jobs/email-setting.ts'
import type { IpsJob } from '../../ips/jobs/ips-job.ts'
import { mailIdOf } from '../../ips/jobs/job-mail.ts'
import type { OwedMails } from '../../ips/jobs/owed-mails.ts'

/** What becomes of the mail about a job. */
export type InspectedMail =
  | MailPlace
  /** The job goes on, and how it ends says whether one is sent. */
  | { readonly place: 'later' }
  /** It is being sent, or is sent again since no server has taken it yet. */
  | { readonly place: 'due' }
  /** Nobody wants one about a job that has ended so. */
  | { readonly place: 'unwanted' }

/** Looks for the mail about a job. */
export async function mailOfJob(
  job: IpsJob,
  setting: EmailSetting,
  { owed, findMail }: { readonly owed: Pick<OwedMails, 'isOwed'>; readonly findMail: FindMail },
): Promise<InspectedMail> {
  if (setting === 'None') return { place: 'unwanted' }
  if (job.state !== 'done') return { place: 'later' }
  if (!wantsMail(setting, job)) return { place: 'unwanted' }
  if (await owed.isOwed(job.number)) return { place: 'due' }
  return findMail({ id: mailIdOf(job), to: job.email })
}
