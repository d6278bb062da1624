import { html, nothing, type TemplateResult } from 'lit'
import { ASSET_TYPES } from '../../../src/contract/asset-types.ts'
import { pickFiles } from '../../elements/pick-files.ts'
import { pickerView } from '../../elements/picker.ts'
import { searchField } from '../../elements/search-field.ts'
import type { Store } from '../../state.ts'
import type { AssetFilter, ImagesState } from '../images-state.ts'
import { assetWords } from './asset-words.ts'
import { chooseCompany, companyOf, filterAssets } from './catalogue-commands.ts'
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
    ${pickerView<AssetFilter['type']>({
      label: words.type,
      options: [
        { value: '', label: words.allTypes },
        ...ASSET_TYPES.map((value) => ({ value, label: assetWords.types[value] })),
      ],
      value: filter.type,
      onPick: (type) => filterAssets(store, { type }),
    })}
    ${
      companies.length < 2
        ? nothing
        : pickerView({
            label: words.company,
            options: companies.map((value) => ({ value, label: value })),
            value: companyOf(images),
            onPick: (company) => chooseCompany(store, company),
          })
    }
    <sp-button
      class="assets-add"
      variant="accent"
      @click=${() => pickFiles((files) => addAssets(store, files))}
      >${words.add}</sp-button
    >
  </div>`
}
