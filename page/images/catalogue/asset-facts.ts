import { html, nothing, type TemplateResult } from 'lit'
import type { AssetDetail } from '../../../src/doors/page/images/asset-shapes.ts'
import { copyText } from '../../commands/copying.ts'
import { addressOf } from '../../router.ts'
import type { Store } from '../../state.ts'
import { formatBytes, formatDateTime } from '../../strings.ts'
import { contentUrl, imageUrl } from '../image-url.ts'
import { markOf } from './asset-mark.ts'
import { objectOf } from './asset-picture.ts'
import { assetWords } from './asset-words.ts'
import './asset-properties.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

const words = assetWords.asset

/** What is known of an asset, and the URLs that it has. */
export function assetFacts(detail: AssetDetail, store: Store): TemplateResult {
  const { company, type, file, folder, modified, isMounted, usedIn, version } = detail
  const { modifier, postModifier } = detail
  const object = objectOf(detail)
  const place = isMounted ? words.isMounted : file === undefined ? words.noFile : words.isKept
  return html`<section class="asset-facts" aria-labelledby="asset-facts">
    <h2 id="asset-facts">${words.facts}</h2>
    ${urlView(words.url, imageUrl(object), store)}
    ${file === undefined ? nothing : urlView(words.contentUrl, contentUrl(object), store)}
    <dl>
      ${fact(words.type, file === undefined ? markOf(detail) : `${markOf(detail)}, ${file.type}`)}
      ${
        type === 'set' || type === 'audio' || type === 'static' || type === 'profile'
          ? nothing
          : html`<div>
              <dt>${words.dimensions}</dt>
              <dd><asset-dimensions .object=${object} .version=${version}></asset-dimensions></dd>
            </div>`
      }
      ${file === undefined ? nothing : fact(words.file, `${file.name}, ${formatBytes(file.size)}`)}
      ${fact(words.folder, folder === '' ? words.noFolder : folder)}
      ${fact(words.changed, formatDateTime(modified))} ${fact(words.place, place)}
      ${modifier === undefined ? nothing : fact(words.modifier, modifier)}
      ${postModifier === undefined ? nothing : fact(words.postModifier, postModifier)}
      ${
        usedIn.length === 0
          ? nothing
          : html`<div>
              <dt>${words.usedIn}</dt>
              <dd>
                ${usedIn.map(
                  (set) =>
                    html`<a href=${addressOf({ view: 'asset', company, asset: set })}>${set}</a> `,
                )}
              </dd>
            </div>`
      }
    </dl>
    ${
      file === undefined
        ? nothing
        : html`<asset-metadata .object=${object} .version=${version}></asset-metadata>`
    }
  </section>`
}

function fact(name: string, value: string): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`
}

function urlView(label: string, address: string, store: Store): TemplateResult {
  const url = new URL(address, location.href).href
  return html`<div class="asset-url">
    <span class="asset-url-label">${label}</span>
    <code>${url}</code>
    <sp-action-button
      size="s"
      label="${words.copy}: ${label}"
      @click=${() => copyText(store, url, words.copied)}
      >${words.copy}</sp-action-button
    >
  </div>`
}
