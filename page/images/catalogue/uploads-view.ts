import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { buttonIcon } from '../../elements/icon.ts'
import type { Store } from '../../state.ts'
import { formatBytes } from '../../strings.ts'
import type { AssetUpload } from '../images-state.ts'
import { assetWords } from './asset-words.ts'
import { dismissUpload, sendAgain } from './upload-commands.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

const words = assetWords.uploads

/** The files that are on their way into the catalogue, and those that did not get there, with what can be done. */
export function uploadsView(uploads: readonly AssetUpload[], store: Store): TemplateResult {
  const left = uploads.filter(({ state }) => state !== 'failed').length
  return html`<p class="unseen" role="status">${words.left(left)}</p>
    ${
      uploads.length === 0
        ? nothing
        : html`<ul class="uploads" aria-label=${words.title}>
            ${repeat(
              uploads,
              ({ id }) => id,
              (upload) => uploadView(upload, store),
            )}
          </ul>`
    }`
}

function uploadView(upload: AssetUpload, store: Store): TemplateResult {
  const { id, file, state, progress, problem, isTaken } = upload
  const again = (label: string, onTaken: 'refuse' | 'replace' | 'number') =>
    html`<sp-action-button size="s" @click=${() => sendAgain(store, upload, onTaken)}
      >${label}</sp-action-button
    >`
  return html`<li ?data-failed=${state === 'failed'}>
    <span class="upload-name">${file.name}</span>
    <span class="upload-size">${formatBytes(file.size)}</span>
    ${
      state === 'failed'
        ? html`<span class="upload-problem" role="alert">${problem}</span>
            <span class="upload-ways">
              ${
                isTaken === true
                  ? html`${again(words.replace, 'replace')} ${again(words.both, 'number')}`
                  : again(words.again, 'refuse')
              }
              <sp-action-button
                quiet
                size="s"
                label=${words.dismiss(file.name)}
                @click=${() => dismissUpload(store, id)}
                >${buttonIcon('close')}</sp-action-button
              >
            </span>`
        : html`<progress aria-label=${words.progress(file.name)} value=${progress}></progress>
            <span class="upload-size"
              >${state === 'waiting' ? words.waiting : words.percent(progress)}</span
            >`
    }
  </li>`
}
