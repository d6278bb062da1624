import { html, type TemplateResult } from 'lit'
import { copyJob } from '../copy-as/copied-job.ts'
import { copyJobAsCurl } from '../copy-as/job-curl.ts'
import { copyJobAsFusion } from '../copy-as/job-fusion.ts'
import { copyJobAsNode } from '../copy-as/job-node.ts'
import { copyJobAsPhp } from '../copy-as/job-php.ts'
import { copyJobAsPython } from '../copy-as/job-python.ts'
import type { ServiceHome } from '../copy-as/service-home.ts'
import type { State } from '../state.ts'
import { strings } from '../strings.ts'
import { snippetsView } from '../views/copy-as.ts'
import type { ReadDraft } from './draft.ts'

const words = strings.copyAs.job

const KINDS = [
  { ...words.curl, copy: copyJobAsCurl },
  { ...words.node, copy: copyJobAsNode },
  { ...words.python, copy: copyJobAsPython },
  { ...words.php, copy: copyJobAsPhp },
  { ...words.fusion, copy: copyJobAsFusion },
]

/** Copies the draft as a program that sends it, or as the fields of modules. */
export function copyJobView({ draftFiles }: State, read: ReadDraft): TemplateResult {
  if (read.tasks === undefined || read.tasks.length === 0) {
    return html`<div class="copy-as"><h3>${strings.copyAs.title}</h3><p>${words.none}</p></div>`
  }
  const job = copyJob(read, (task) => {
    const file = draftFiles.get(task)
    // A browser does not tell where a file is.
    return file && { path: `./${file.name}`, name: file.name }
  })
  const about = (text: string): string =>
    job.placeholders.length === 0 ? text : `${text} ${words.fill(job.placeholders)}`
  return snippetsView(
    KINDS.map(({ copy, ...kind }) => ({
      ...kind,
      about: about(kind.about),
      text: (home: ServiceHome) => copy(job, home),
    })),
  )
}
