import { html, nothing, type TemplateResult } from 'lit'
import type { DevtoolRequest, Rendition } from '../../src/doors/page/api.ts'
import { saveCase } from '../commands/case-saving.ts'
import { breakable } from '../elements/breakable.ts'
import { CaseDialog } from '../elements/case-dialog.ts'
import { fileContent } from '../files/file-content.ts'
import { comparedWith, fileOfRendition } from '../files/rendition-file.ts'
import { type Fact, factsView } from '../frame/facts.ts'
import { suggestCaseName } from '../model/case-name.ts'
import { findWhole } from '../model/known-requests.ts'
import { nameOf, timeTaken } from '../model/request-summary.ts'
import { addressOf } from '../router.ts'
import { urlOf } from '../service.ts'
import type { State, Store } from '../state.ts'
import { formatBytes, formatDuration, strings } from '../strings.ts'
import { copyAsView } from './copy-as.ts'
import { failureView } from './failure.ts'
import { inspectionView } from './inspection.ts'
import { renditionLight } from './rendition-light.ts'
import '@spectrum-web-components/button/sp-button.js'
import './rendition.css'

const words = strings.rendition

/** What was made of one rendition, and what is inside of it. */
export function renditionView(
  state: State,
  store: Store,
  { id, position }: { id: string; position: number },
): TemplateResult {
  const request = findWhole(state.requests, id)
  const rendition = request?.renditions[position]
  if (request === undefined || rendition === undefined) {
    return unknownView(state, id, position, request !== undefined)
  }
  const name = nameOf(rendition, position)
  return html`
    ${wayView(request, position)}
    <div class="rendition-title">
      <h1>${breakable(name)}</h1>
      ${renditionLight(rendition.state)}
    </div>
    ${rendition.failure === undefined || rendition.state === 'stopped' ? nothing : failureView(request, rendition.failure)}
    <div class="rendition-split">
      <section class="rendition-file" aria-label=${words.file}>
        ${fileView(request, position)}
      </section>
      <section class="rendition-about" aria-labelledby="rendition-facts">
        <h2 id="rendition-facts">${words.facts}</h2>
        ${factsOf(request, rendition)}
        <div class="rendition-actions">
          ${rendition.file === undefined ? nothing : downloadButton(request, position)}
          <sp-button
            variant="secondary"
            treatment="outline"
            ?disabled=${rendition.state !== 'created' && rendition.state !== 'failed'}
            @click=${() => askForCase(request, rendition, position)}
            >${words.saveCase}</sp-button
          >
        </div>
        ${copyAsView(state, request, rendition)}
      </section>
    </div>
    <section aria-labelledby="rendition-inside" class="rendition-inside">
      <h2 id="rendition-inside">${words.inside}</h2>
      ${inspectionView(request, position)}
    </section>
    <case-dialog
      .actions=${actionsOf(state, rendition)}
      .onSave=${(chosen: { action: string; name: string }) =>
        saveCase(store, { request: id, rendition: position, ...chosen })}
    ></case-dialog>
  `
}

function unknownView(
  { missingRequest }: State,
  id: string,
  position: number,
  isRequestKnown: boolean,
): TemplateResult {
  const why = missingRequest?.id === id ? missingRequest.why : strings.request.loading
  return html`<h1>${strings.results.unnamed(position + 1)}</h1>
    <p>${isRequestKnown ? words.unknown : why}</p>
    <p><a href=${addressOf({ view: 'history' })}>${strings.request.toHistory}</a></p>`
}

/** The file that was made; or why there is none. */
function fileView(request: DevtoolRequest, position: number): TemplateResult {
  const file = fileOfRendition(request, position)
  return file === undefined
    ? html`<p class="no-file">${words.noFile[request.renditions[position]?.state ?? 'queued']}</p>`
    : fileContent(file, comparedWith(request, position))
}

function wayView({ id, renditions }: DevtoolRequest, position: number): TemplateResult {
  const link = (to: number, text: string) =>
    renditions[to] === undefined
      ? html`<span aria-disabled="true">${text}</span>`
      : html`<a href=${addressOf({ view: 'request', id, position: to })}>${text}</a>`
  return html`<nav class="rendition-way" aria-label=${words.way}>
    ${link(position - 1, words.previous)} ${link(position + 1, words.next)}
    <span>${words.position(position + 1, renditions.length)}</span>
  </nav>`
}

function factsOf(request: DevtoolRequest, rendition: Rendition): TemplateResult {
  const { file, worker, instructions } = rendition
  const time = timeTaken(request, rendition)
  const facts: readonly Fact[] = [
    [
      words.format,
      file?.type ?? (typeof instructions['fmt'] === 'string' ? instructions['fmt'] : undefined),
    ],
    [
      words.pixels,
      file?.width === undefined || file.height === undefined
        ? undefined
        : strings.results.pixels(file.width, file.height),
    ],
    [words.size, file && formatBytes(file.size)],
    [words.time, time === undefined ? undefined : formatDuration(time)],
    [words.worker, worker],
    [words.source, request.source?.name],
  ]
  return factsView(facts, 'lines')
}

function downloadButton({ id }: DevtoolRequest, position: number): TemplateResult {
  return html`<sp-button
    variant="accent"
    href="${urlOf('requests', id, 'renditions', position, 'file')}?download"
    download=""
    >${strings.results.download}</sp-button
  >`
}

function askForCase(request: DevtoolRequest, rendition: Rendition, position: number): void {
  const dialog = document.querySelector('case-dialog')
  if (!(dialog instanceof CaseDialog)) return
  dialog.show({
    action: actionOf(rendition),
    name: suggestCaseName(request.source?.name, nameOf(rendition, position)),
  })
}

/** The name of the action that makes a rendition: a custom worker's is the last of its URL. */
function actionOf({ worker }: Rendition): string {
  return (
    worker
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? worker
  )
}

/** The actions of the project, that of the rendition first. */
function actionsOf({ actions = [] }: State, rendition: Rendition): readonly string[] {
  const names = actions.map(({ name }) => name.split('/').at(-1) ?? name).toSorted()
  return [...new Set([actionOf(rendition), ...names])]
}
