import { escapeXml } from '../../../../base/xml.ts'
import type { Mail } from '../../../../mail/mail.ts'
import type { IpsJob } from './ips-job.ts'
import type { KeptJobLine } from './job-store.ts'

/** The most lines of a log that a mail tells. */
const MOST_LINES = 50

/** Lines that tell of what went wrong. */
const PROBLEMS: ReadonlySet<string> = new Set(['GetFailure', 'FileCancel'])

/** The id of the mail about a job. */
export function mailIdOf({ number }: Pick<IpsJob, 'number'>): string {
  return `job-${number}`
}

/** Writes the mail about a job that has ended: how it went, what went wrong, and its last line, which has the address of a ZIP. */
export function writeJobMail(job: IpsJob, lines: readonly KeptJobLine[]): Mail {
  const { name, company, total, successes, errors, warnings, isFatal, email } = job
  const subject = `${name}: ${isFatal ? 'failed' : 'done'}`
  const problems = lines.filter(({ type }) => PROBLEMS.has(type))
  const told = problems.slice(0, MOST_LINES).map(({ message }) => message)
  const more = problems.length - told.length
  const paragraphs = [
    `The job ${JSON.stringify(name)} of ${company} ${isFatal ? 'has failed' : 'is done'}.`,
    `Files: ${total}, of them exported or published: ${successes}, errors: ${errors}, warnings: ${warnings}.`,
    lines.at(-1)?.message ?? '',
    [...told, ...(more > 0 ? [`${more} more are in the log of the job.`] : [])].join('\n'),
  ].filter((each) => each !== '')
  const html = paragraphs.map((each) => `<p>${toHtml(each)}</p>`).join('\n')
  return {
    id: mailIdOf(job),
    to: email,
    subject,
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${escapeXml(subject)}</title>\n${html}\n</html>\n`,
  }
}

function toHtml(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .split(/(https:\/\/\S+)/)
        .map((piece, index) => (index % 2 === 1 ? toLink(piece) : escapeXml(piece)))
        .join(''),
    )
    .join('<br>\n')
}

function toLink(url: string): string {
  return `<a href="${escapeXml(url)}">${escapeXml(url)}</a>`
}
