import type { Mail } from '../../../../mail/mail.ts'
import type { IpsJob } from './ips-job.ts'
import { writeJobHtml } from './job-html.ts'
import type { JobPicture } from './job-pictures.ts'
import type { KeptJobLine } from './job-row.ts'

/** The most lines of a log that a mail tells. */
const MOST_LINES = 50

/** Lines that tell of what went wrong. */
const PROBLEMS: ReadonlySet<string> = new Set(['GetFailure', 'UploadError', 'FileCancel'])

/** The id of the mail about a job. */
export function mailIdOf({ number }: Pick<IpsJob, 'number'>): string {
  return `job-${number}`
}

/**
 * Writes the mail about a job that has ended: how it went, what went wrong, and its last line, which has the address of a ZIP.
 *
 * @param pictures - of some of the assets that it was done with
 */
export function writeJobMail(
  job: IpsJob,
  lines: readonly KeptJobLine[],
  pictures: readonly JobPicture[],
): Mail {
  const { name, company, total, successes, errors, warnings, isFatal, email } = job
  const id = mailIdOf(job)
  const subject = `${name}: ${isFatal ? 'failed' : 'done'}`
  const problems = lines.filter(({ type }) => PROBLEMS.has(type))
  const told = problems.slice(0, MOST_LINES).map(({ message }) => message)
  const more = problems.length - told.length
  const summary = [
    `The job ${JSON.stringify(name)} of ${company} ${isFatal ? 'has failed' : 'is done'}.`,
    `Files: ${total}, of them exported, published or uploaded: ${successes}, errors: ${errors}, warnings: ${warnings}.`,
    lines.at(-1)?.message ?? '',
  ].filter((each) => each !== '')
  const details = [...told, ...(more > 0 ? [`${more} more are in the log of the job.`] : [])]
  const shown = pictures.map((each, index) => ({ ...each, id: `picture-${index + 1}@${id}` }))
  return {
    id,
    to: email,
    subject,
    text: `${[...summary, ...(details.length > 0 ? [details.join('\n')] : [])].join('\n\n')}\n`,
    html: writeJobHtml({ subject, summary, pictures: shown, details }),
    pictures: shown,
  }
}
