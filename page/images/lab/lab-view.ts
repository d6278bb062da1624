import { html, nothing, type TemplateResult } from 'lit'
import { unlessTyping } from '../../elements/unless-typing.ts'
import type { Route } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { strings } from '../../strings.ts'
import { imageUrl } from '../image-url.ts'
import { imagesHead } from '../images-head.ts'
import { insertPresetsView } from '../presets/insert-presets-view.ts'
import { readLines } from './command-lines.ts'
import { commandsPanel } from './commands-panel.ts'
import { copyImageView } from './copy-image-view.ts'
import { faultOf } from './fault.ts'
import {
  changeLab,
  compareFromHere,
  edit,
  swapCompared,
  urlOfRequest,
  writeLines,
  writeUrl,
} from './lab-commands.ts'
import { labWords as words } from './lab-words.ts'
import { shotView } from './picture-view.ts'
import { readTyped, toQuery } from './query-lines.ts'
import { resolvedView } from './resolved-view.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './lab.css'

/** The URL lab: a request as its commands, what comes of it, and what it can be copied as. */
export function labView(
  { lab, presets }: State,
  store: Store,
  _route: Extract<Route, { view: 'image' }>,
): TemplateResult {
  const lines = readLines(lab.lines)
  const listed = presets.list?.presets ?? []
  const { shot } = lab
  const fault = shot && 'problem' in shot ? faultOf(shot.problem, lines) : undefined
  const message = shot && 'problem' in shot ? shot.problem : ''
  const size = shot && 'picture' in shot ? shot.picture : undefined
  return html`${imagesHead(strings.images.image, 'image')}
    <div class="lab">
      ${urlField(words.url, imageUrl(lab.object, toQuery(lab.lines)), (text) => writeUrl(store, text))}
      <div class="lab-columns">
        <section class="lab-edit" aria-label=${words.commands}>
          ${commandsPanel({
            lines: lab.lines,
            presets: listed,
            samples: presets.list?.samples ?? [],
            fault: fault && { index: fault.index, message },
            mode: lab.mode,
            onMode: (mode) => changeLab(store, { mode }),
            change: (text) => writeLines(store, text),
          })}
        </section>
        <section class="lab-result" aria-label=${words.result}>
          ${
            lab.object === '' && lab.lines === ''
              ? html`<p class="lab-none">${words.noAsset}</p>`
              : shotView({
                  shot,
                  late: lab.late,
                  other: lab.other === undefined ? undefined : lab.otherShot,
                  names: { now: words.now, other: words.other },
                  fault,
                })
          }
          ${compareView(store)}
          ${copyImageView({
            origin: location.origin,
            object: lab.object,
            query: toQuery(lab.lines),
            file: fileOf(lab.object),
            size: size && { width: size.width, height: size.height },
            presets: listed,
          })}
        </section>
      </div>
      <div class="lab-columns">
        ${insertPresetsView(store, (text) => edit(store, { lines: text }))}
        ${resolvedView(lab.resolved, lines, listed, lab.late)}
      </div>
    </div>`
}

function compareView(store: Store): TemplateResult {
  const { other } = store.state().lab
  if (other === undefined) {
    return html`<div class="lab-compare">
      <sp-action-button size="s" @click=${() => compareFromHere(store)}>${words.compare}</sp-action-button>
    </div>`
  }
  const take = (text: string): void => {
    const { object, query } = readTyped(text)
    edit(store, { other: `${object.split('/').map(encodeURIComponent).join('/')}?${query}` })
  }
  return html`<div class="lab-compare">
    ${urlField(words.otherUrl, urlOfRequest(other), take)}
    <div class="lab-tools">
      <sp-action-button size="s" @click=${() => swapCompared(store)}>${words.swap}</sp-action-button>
      <sp-action-button size="s" @click=${() => edit(store, { other: undefined })}
        >${words.stop}</sp-action-button
      >
    </div>
  </div>`
}

function urlField(label: string, url: string, take: (text: string) => void): TemplateResult {
  const id = label === words.url ? 'lab-url' : 'lab-other-url'
  return html`<div class="lab-url">
    <label for=${id}>${label}</label>
    <input
      type="text"
      id=${id}
      spellcheck="false"
      autocomplete="off"
      aria-describedby=${id === 'lab-url' ? 'lab-url-help' : nothing}
      .value=${unlessTyping(url)}
      @change=${({ currentTarget }: Event) => {
        if (currentTarget instanceof HTMLInputElement) take(currentTarget.value)
      }}
    />
    ${id === 'lab-url' ? html`<p id="lab-url-help" class="lab-about">${words.urlHelp}</p>` : nothing}
  </div>`
}

/** What the file of an asset may be called; only the service knows. */
function fileOf(object: string): string {
  const [name = ''] = (object.split('/').at(-1) ?? '').split(':')
  return name === '' || name.includes('.') ? name : `${name}.jpg`
}
