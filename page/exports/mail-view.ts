import { html, nothing, type TemplateResult } from 'lit'
import type { ExportDetail, ExportMail } from '../../src/doors/page/exports/export-shapes.ts'
import { factsView } from '../frame/facts.ts'
import { urlOf } from '../service.ts'
import { exportWords } from './export-words.ts'

const words = exportWords.mails

/** The mail about an export: where it is, and what it says when it is a file. */
export function mailView({ job, mail }: ExportDetail): TemplateResult {
  const wish = Object.entries(exportWords.wishes).find(([each]) => each === job.emailSetting)?.[1]
  const place = mail.place === 'server' ? words.sentTo(job.by) : words.places[mail.place]
  return html`<section aria-labelledby="export-mail">
    <h2 id="export-mail">${words.title}</h2>
    <p class="export-note">${words.wanted(wish ?? job.emailSetting)} ${place}</p>
    ${mail.place === 'file' ? fileView(job.number, mail) : nothing}
  </section>`
}

/** Its HTML is a document of its own, in a frame that runs nothing and leads nowhere. */
function fileView(
  number: number,
  { to, subject, text }: Extract<ExportMail, { place: 'file' }>,
): TemplateResult {
  return html`${factsView(
    [
      [words.to, to],
      [words.subject, subject],
    ],
    'row',
  )}
    <details class="export-mail" open>
      <summary>${words.html}</summary>
      <iframe sandbox="" src=${urlOf('exports', number, 'mail')} title=${words.frame}></iframe>
      <p class="export-note">${words.links}</p>
    </details>
    <details class="export-mail">
      <summary>${words.text}</summary>
      <pre tabindex="0">${text}</pre>
    </details>`
}
