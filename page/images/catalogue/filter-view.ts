import { html, nothing, type TemplateResult } from 'lit'
import { ASSET_TYPES } from '../../../src/doors/page/images/asset-shapes.ts'
import { searchField } from '../../elements/search-field.ts'
import type { Store } from '../../state.ts'
import type { ImagesState } from '../images-state.ts'
import { assetWords } from './asset-words.ts'
import { chooseCompany, companyOf, filterAssets } from './catalogue-commands.ts'
import { pickFiles } from './pick-files.ts'
import { addAssets } from './upload-commands.ts'
import '@spectrum-web-components/button/sp-button.js'

const words = assetWords.catalogue

/** By what the assets are chosen that are listed, and the way to add one. */
export function filterView(images: ImagesState, store: Store): TemplateResult {
  const { filter, overview } = images
  const companies = overview?.companies ?? []
  return html`<div class="assets-filter">
    ${searchField({
      label: words.search,
      text: filter.text,
      onSearch: (text) => filterAssets(store, { text }),
    })}
    <select aria-label=${words.type} @change=${chooseType}>
      <option value="" .selected=${filter.type === ''}>${words.allTypes}</option>
      ${ASSET_TYPES.map(
        (type) =>
          html`<option value=${type} .selected=${type === filter.type}>${assetWords.types[type]}</option>`,
      )}
    </select>
    ${
      companies.length < 2
        ? nothing
        : html`<select
            aria-label=${words.company}
            @change=${({ currentTarget }: Event) => {
              if (currentTarget instanceof HTMLSelectElement) {
                chooseCompany(store, currentTarget.value)
              }
            }}
          >
            ${companies.map(
              (company) =>
                html`<option value=${company} .selected=${company === companyOf(images)}>${company}</option>`,
            )}
          </select>`
    }
    <sp-button
      class="assets-add"
      variant="accent"
      @click=${() => pickFiles((files) => addAssets(store, files))}
      >${words.add}</sp-button
    >
  </div>`

  function chooseType({ currentTarget }: Event): void {
    if (!(currentTarget instanceof HTMLSelectElement)) return
    const type = ASSET_TYPES.find((each) => each === currentTarget.value) ?? ''
    filterAssets(store, { type })
  }
}
