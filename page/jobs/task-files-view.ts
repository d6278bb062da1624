import { html, nothing, type TemplateResult } from 'lit'
import type { JobTask } from '../../src/doors/page/api.ts'
import { lookCloser } from '../elements/look-closer.ts'
import type { ShownPicture } from '../elements/zoom-picture.ts'
import { urlOf } from '../service.ts'
import { formatBytes } from '../strings.ts'
import { inputsOf, type KnownJob, type KnownTask } from './job.ts'
import { lookAtFile } from './look-at-file.ts'
import { storyOfTask } from './task-story.ts'
import { viewWords } from './view-words.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/icons-workflow/icons/sp-icon-download.js'
import '../elements/thumb-picture.ts'
import '../views/source-thumb.css'

const words = viewWords.task

type TaskFile = JobTask['files'][number]

/** The files of a task: a small picture of each, and what can be done with it. */
export function filesView(known: KnownJob, each: KnownTask): TemplateResult {
  const { task, facts } = each
  if (facts.files.length === 0) {
    return html`<p>${storyOfTask(each, Date.now()) ?? words.noFiles[task.status]}</p>`
  }
  return html`<ul class="files" aria-label=${words.files}>
    ${facts.files.map((file, position) => fileView(known, each, file, position))}
  </ul>`
}

function fileView(
  known: KnownJob,
  each: KnownTask,
  file: TaskFile,
  position: number,
): TemplateResult {
  const { name, size, type, shownAs } = file
  const at = (what: string): string => urlOf('tasks', each.task.id, 'files', position, what)
  const letters = (/\.(\w{1,4})$/.exec(name)?.[1] ?? '').toUpperCase()
  const look = (): void => {
    if (shownAs === 'picture') {
      lookCloser({ src: at('picture'), name }, inputPicturesOf(known, each))
    } else lookAtFile({ name, size, shownAs, src: at(shownAs === 'archive' ? 'entries' : 'file') })
  }
  return html`<li>
    ${
      (shownAs === 'picture' || shownAs === 'video') && size > 0
        ? html`<thumb-picture
            class="thumb"
            src=${at('thumbnail')}
            letters=${letters}
          ></thumb-picture>`
        : html`<span class="thumb"><span class="letters">${letters}</span></span>`
    }
    <span class="file-name">${name}</span>
    <span class="file-about">${formatBytes(size)} · ${type}</span>
    <span class="file-actions">
      ${
        shownAs === 'nothing'
          ? nothing
          : html`<sp-action-button size="s" label=${words.lookAt(name)} @click=${look}
              >${words.look}</sp-action-button
            >`
      }
      <sp-action-button
        size="s"
        label=${words.downloadNamed(name)}
        href="${at('file')}?download"
        download=${name}
        ><sp-icon-download slot="icon"></sp-icon-download>${words.download}</sp-action-button
      >
    </span>
  </li>`
}

/** What a picture can be compared with: what it was made of. */
function inputPicturesOf(known: KnownJob, { task }: KnownTask): readonly ShownPicture[] {
  return inputsOf(known, task).flatMap((input) =>
    input.facts.files.flatMap(({ name, shownAs }, position) =>
      shownAs === 'picture'
        ? [
            {
              src: urlOf('tasks', input.task.id, 'files', position, 'picture'),
              name: words.inputNamed(name),
            },
          ]
        : [],
    ),
  )
}
