import { html, nothing, type TemplateResult } from 'lit'
import { buttonIcon } from '../elements/icon.ts'
import { pickFiles } from '../elements/pick-files.ts'
import { sortDropped } from '../model/dropped-items.ts'
import { formatBytes, strings } from '../strings.ts'
import { addUploads } from './draft-edits.ts'
import { type PlacedTask, taskId } from './placed-task.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/button/sp-button.js'

const words = strings.composer.uploads

/** The file of a task that waits for one: chosen or dropped here, and sent with the job. */
export function uploadView(placed: PlacedTask): TemplateResult | typeof nothing {
  const { task, index, state, store } = placed
  const { name } = task
  if (task.operation?.name !== 'import/upload') return nothing
  const file = state.draftFiles.get(name)
  const drop = (event: DragEvent): void => {
    const { dataTransfer } = event
    if (dataTransfer === null) return
    event.preventDefault()
    event.stopPropagation()
    mark(event, false)
    const { files, folders } = sortDropped(dataTransfer.items)
    if (folders.length > 0) store.change({ notice: { kind: 'negative', text: words.folders } })
    take(placed, files)
  }
  const isMissing = file === undefined && state.draftTried === true
  return html`<div
    class="upload"
    @dragover=${hold}
    @dragleave=${(event: DragEvent) => mark(event, false)}
    @drop=${drop}
  >
    ${
      file === undefined
        ? html`<span class="upload-name">${words.none}</span>`
        : html`<span class="upload-name">${file.name}</span>
            <span class="upload-size">${formatBytes(file.size)}</span>
            <sp-action-button
              quiet
              size="xs"
              label=${words.remove(file.name)}
              @click=${() =>
                store.change({
                  draftFiles: new Map([...state.draftFiles].filter(([each]) => each !== name)),
                })}
              >${buttonIcon('close')}</sp-action-button
            >`
    }
    <sp-button
      id=${taskId(index, 'file')}
      size="s"
      variant="secondary"
      label=${words.chooseFor(name)}
      @click=${() => pickFiles((files) => take(placed, files))}
      >${words.choose}</sp-button
    >
    <span class="upload-hint">${words.drop}</span>
    ${isMissing ? html`<p class="wrong">${strings.composer.noFile(name)}</p>` : nothing}
  </div>`
}

/** The first file is that of the task; of each further one, another task is made. */
function take({ task: { name }, tasks, state, store }: PlacedTask, files: readonly File[]): void {
  const [first, ...more] = files
  if (first === undefined) return
  const { text, names } = addUploads(state.draft, name, more.length, tasks)
  store.change({
    draft: text,
    draftFiles: new Map([
      ...state.draftFiles,
      [name, first],
      ...names.flatMap((each, index): [string, File][] => {
        const file = more[index]
        return file === undefined ? [] : [[each, file]]
      }),
    ]),
  })
}

/** The page itself would refuse what is dropped in this view. */
function hold(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files') !== true) return
  event.preventDefault()
  event.stopPropagation()
  event.dataTransfer.dropEffect = 'copy'
  mark(event, true)
}

function mark({ currentTarget }: Event, isOver: boolean): void {
  if (currentTarget instanceof HTMLElement) currentTarget.toggleAttribute('data-over', isOver)
}
