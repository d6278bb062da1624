import { html, nothing, type TemplateResult } from 'lit'
import type { ListedRequest, Rendition } from '../../src/doors/page/api.ts'
import { breakable } from '../elements/breakable.ts'
import { buttonIcon } from '../elements/icon.ts'
import { filePreview } from '../files/file-preview.ts'
import { fileOfRendition } from '../files/rendition-file.ts'
import { formatOf, nameOf, timeTaken } from '../model/request-summary.ts'
import { addressOf } from '../router.ts'
import { urlOf } from '../service.ts'
import { formatBytes, formatDuration, strings } from '../strings.ts'
import { renditionLight } from './rendition-light.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './rendition-card.css'

const words = strings.results

/** A rendition: how far it has come, what was made, or why not. It leads to all that is known of it. */
export function renditionCard(request: ListedRequest, position: number): TemplateResult {
  const rendition = request.renditions[position]
  if (rendition === undefined) return html``
  const name = nameOf(rendition, position)
  const { state, file } = rendition
  const time = timeTaken(request, rendition)
  return html`
    <li class="rendition" data-state=${state}>
      <div class="preview">${previewOf(request, rendition, position)}</div>
      <p class="rendition-name">
        <a href=${addressOf({ view: 'request', id: request.id, position })}>${breakable(name)}</a>
      </p>
      <div class="rendition-state">
        ${renditionLight(state)}
        <span class="time">${time === undefined ? nothing : formatDuration(time)}</span>
        ${
          file === undefined
            ? nothing
            : html`<sp-action-button
                class="download"
                quiet
                size="s"
                label=${words.downloadNamed(name)}
                href="${urlOf('requests', request.id, 'renditions', position, 'file')}?download"
                download=""
                >${buttonIcon('download')}</sp-action-button
              >`
        }
      </div>
      <p class="facts">${factsOf(rendition).join(' · ')}</p>
    </li>
  `
}

function factsOf(rendition: Rendition): readonly string[] {
  const { file } = rendition
  return [
    formatOf(rendition),
    file?.width === undefined || file.height === undefined
      ? undefined
      : words.pixels(file.width, file.height),
    file && formatBytes(file.size),
  ].filter((fact) => fact !== undefined)
}

function previewOf(
  request: ListedRequest,
  { failure, state }: Rendition,
  position: number,
): TemplateResult | typeof nothing {
  if (state === 'stopped') return html`<span class="letters">${words.stoppedBefore}</span>`
  if (failure !== undefined) {
    return html`<div class="failure"><strong>${failure.reason}</strong> ${failure.message}</div>`
  }
  const file = fileOfRendition(request, position)
  return file === undefined ? nothing : filePreview(file)
}
