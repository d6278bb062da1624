import { html, nothing, type TemplateResult } from 'lit'
import type { JobTask } from '../../src/doors/page/api.ts'
import { buttonIcon } from '../elements/icon.ts'
import type { ShownPicture } from '../elements/shown-picture.ts'
import { fileThumb } from '../files/file-thumb.ts'
import { lookAtFile } from '../files/look-at-file.ts'
import { picturesOf, type ShownFile } from '../files/shown-file.ts'
import { urlOf } from '../service.ts'
import { formatBytes } from '../strings.ts'
import { inputsOf, type KnownJob, type KnownTask } from './job.ts'
import { storyOfTask } from './task-story.ts'
import { viewWords } from './view-words.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

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
  { name, size, type }: TaskFile,
  position: number,
): TemplateResult {
  const file = fileOfTask(each, position)
  if (file === undefined) return html``
  return html`<li>
    ${fileThumb(file)}
    <span class="file-name">${name}</span>
    <span class="file-about">${formatBytes(size)} · ${type}</span>
    <span class="file-actions">
      ${
        file.shownAs === 'nothing'
          ? nothing
          : html`<sp-action-button
              size="s"
              label=${words.lookAt(name)}
              @click=${() => lookAtFile(file, inputPicturesOf(known, each))}
              >${words.look}</sp-action-button
            >`
      }
      <sp-action-button
        size="s"
        label=${words.downloadNamed(name)}
        href="${file.at('file')}?download"
        download=${name}
        >${buttonIcon('download')}${words.download}</sp-action-button
      >
    </span>
  </li>`
}

/** One of the files of a task, as one that can be looked at. */
function fileOfTask({ task, facts }: KnownTask, position: number): ShownFile | undefined {
  const file = facts.files[position]
  return file && { ...file, at: (form) => urlOf('tasks', task.id, 'files', position, form) }
}

/** What a picture can be compared with: what it was made of. */
function inputPicturesOf(known: KnownJob, { task }: KnownTask): readonly ShownPicture[] {
  const files = inputsOf(known, task).flatMap((input) =>
    input.facts.files.flatMap((_, position) => fileOfTask(input, position) ?? []),
  )
  return picturesOf(files).map(({ src, name }) => ({ src, name: words.inputNamed(name) }))
}
