import { html, type TemplateResult } from 'lit'
import type { ShownAsset } from '../../../src/doors/page/images/asset-shapes.ts'
import { thumb } from '../../files/file-thumb.ts'
import { addressOf } from '../../router.ts'
import { formatBytes } from '../../strings.ts'
import { markOf } from './asset-mark.ts'
import { lettersOf, pictureUrl } from './asset-picture.ts'
import { assetWords } from './asset-words.ts'

const words = assetWords.catalogue

/** The place of a picture in the grid, in pixels. */
const BOX = { width: 240, height: 180 }

/** How assets of the catalogue are ticked. */
export interface Ticking {
  readonly isTicked: (asset: ShownAsset) => boolean
  readonly tick: (asset: ShownAsset, isTicked: boolean) => void
  /** Whether the whole card does so, where there is nothing else to be done with it. */
  readonly isAll: boolean
}

/** One of the catalogue: its picture, its name and what it is. */
export function assetCard(asset: ShownAsset, { isTicked, tick, isAll }: Ticking): TemplateResult {
  const { company, name, file } = asset
  const isSelected = isTicked(asset)
  return html`<li ?data-selected=${isSelected}>
    ${thumb(pictureUrl(asset, BOX, devicePixelRatio), lettersOf(asset), 'asset-thumb')}
    ${
      isAll
        ? html`<label for="asset-${name}" title=${file?.name ?? name}>${name}</label>`
        : html`<a
            href=${addressOf({ view: 'asset', company, asset: name })}
            title=${file?.name ?? name}
            >${name}</a
          >`
    }
    <span class="asset-about"
      ><span class="asset-mark" data-type=${asset.type}>${markOf(asset)}</span>
      ${file === undefined ? '' : formatBytes(file.size)}</span
    >
    <input
      type="checkbox"
      id="asset-${name}"
      aria-label=${words.select(name)}
      .checked=${isSelected}
      @change=${() => tick(asset, !isSelected)}
    />
  </li>`
}
