import { html, nothing, type TemplateResult } from 'lit'
import { icon } from '../../elements/icon.ts'
import { companyOf } from '../../images/catalogue/catalogue-commands.ts'
import { browseView, type CataloguePlace, dropView } from '../../images/catalogue/catalogue-view.ts'
import { uploadsView } from '../../images/catalogue/uploads-view.ts'
import { addressOf } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { editDraft } from '../export-draft.ts'
import { exportWords } from '../export-words.ts'
import type { ExportDraft } from '../exports-state.ts'
import { withAssets } from './draft-rules.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

const words = exportWords.draft

/** The assets of the draft, and the catalogue that they are picked from. */
export function pickView(
  { images, exports, dragging }: State,
  store: Store,
  folder: string,
): TemplateResult {
  const { draft } = exports
  const company = companyOf(images)
  const isOther = draft.assets.length > 0 && company !== '' && draft.company !== company
  return html`<section class="export-pick" aria-labelledby="export-picked">
    <div class="export-pick-head">
      <h2 id="export-picked">${words.assets}</h2>
      <span role="status">${draft.assets.length === 0 ? '' : words.picked(draft.assets.length)}</span>
    </div>
    ${draft.assets.length === 0 ? html`<p class="export-note">${words.nonePicked}</p>` : pickedView(draft, store)}
    ${
      isOther
        ? html`<p class="export-warning" role="note">${words.otherCompany(draft.company, company)}</p>`
        : nothing
    }
    <div role="group" aria-label=${words.catalogue}>
      ${dropView(dragging === true, folder)} ${uploadsView(images.uploads, store)}
      ${browseView(images, store, placeOf(store, folder))} ${pickAllView(images.listed?.assets ?? [], draft, store)}
    </div>
  </section>`
}

function placeOf(store: Store, folder: string): CataloguePlace {
  const { draft } = store.state().exports
  return {
    folder,
    addressOf: (path) => addressOf({ view: 'newExport', ...(path !== '' && { folder: path }) }),
    isAll: true,
    isTicked: ({ company, name }) => draft.company === company && draft.assets.includes(name),
    tick({ company, name }, isTicked) {
      editDraft(store, withAssets(store.state().exports.draft, company, [name], isTicked))
    },
  }
}

function pickedView({ company, assets }: ExportDraft, store: Store): TemplateResult {
  return html`<ul class="export-picked" aria-label=${words.pickedList}>
      ${assets.map(
        (name) => html`<li>
          <span>${name}</span>
          <button
            type="button"
            aria-label=${words.remove(name)}
            @click=${() => editDraft(store, withAssets(store.state().exports.draft, company, [name], false))}
          >
            ${icon('close')}
          </button>
        </li>`,
      )}
    </ul>
    <sp-action-button size="s" quiet @click=${() => editDraft(store, { assets: [] })}
      >${words.removeAll}</sp-action-button
    >`
}

function pickAllView(
  listed: readonly { readonly company: string; readonly name: string }[],
  draft: ExportDraft,
  store: Store,
): TemplateResult | typeof nothing {
  const [first] = listed
  const left = listed.filter(
    ({ company, name }) => draft.company !== company || !draft.assets.includes(name),
  )
  if (first === undefined || left.length === 0) return nothing
  const names = listed.map(({ name }) => name)
  return html`<sp-action-button
    @click=${() => editDraft(store, withAssets(store.state().exports.draft, first.company, names, true))}
    >${words.pickShown(listed.length)}</sp-action-button
  >`
}
