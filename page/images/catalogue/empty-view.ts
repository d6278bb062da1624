import { html, type TemplateResult } from 'lit'
import { pickFiles } from '../../elements/pick-files.ts'
import type { Store } from '../../state.ts'
import { assetWords } from './asset-words.ts'
import { addAssets } from './upload-commands.ts'

const words = assetWords.empty

/** How pictures come into the catalogue, as long as there are none. */
export function emptyCatalogueView(store: Store): TemplateResult {
  return html`<div class="empty assets-empty">
    <p><strong>${words.title}</strong></p>
    <p>
      ${words.drop}
      <button
        type="button"
        class="as-link"
        @click=${() => pickFiles((files) => addAssets(store, files))}
        >${words.choose}</button
      >
    </p>
    <p>${words.kept}</p>
    <pre tabindex="0"><code>${words.keptCommand}</code></pre>
    <p>${words.mount}</p>
    <pre tabindex="0"><code>${words.mountCommand}</code></pre>
  </div>`
}
