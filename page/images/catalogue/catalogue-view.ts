import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { pickFiles } from '../../elements/pick-files.ts'
import { addressOf, type Route } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { strings } from '../../strings.ts'
import { imagesHead } from '../images-head.ts'
import type { ImagesState } from '../images-state.ts'
import { assetCard, type Ticking } from './asset-card.ts'
import { assetWords } from './asset-words.ts'
import {
  changeImages,
  companyOf,
  filterAssets,
  loadImages,
  loadMoreAssets,
} from './catalogue-commands.ts'
import { emptyCatalogueView } from './empty-view.ts'
import { filterView } from './filter-view.ts'
import { stepsOf } from './folder-path.ts'
import { selectionBar } from './selection-bar.ts'
import { addAssets } from './upload-commands.ts'
import { uploadsView } from './uploads-view.ts'
import '@spectrum-web-components/button/sp-button.js'
import './catalogue.css'

const words = assetWords.catalogue

/** The assets of a folder as pictures. */
export function catalogueView(
  { images, dragging }: State,
  store: Store,
  { folder = '' }: Extract<Route, { view: 'images' }>,
): TemplateResult {
  const { overview } = images
  return html`${imagesHead(strings.app.images, 'images')}
    ${
      overview === undefined
        ? nothing
        : html`<p class="assets-lead">
            ${words.lead(companyOf(images))}
            ${overview.mountedFolder === undefined ? nothing : words.mounted(overview.mountedFolder)}
          </p>`
    }
    ${uploadsView(images.uploads, store)} ${browseView(images, store, placeOf(images, store, folder))}
    ${selectionBar(images, store)}
    ${dropView(dragging === true, folder)}`
}

/** Says where files would go that are held over the page. */
export function dropView(isDragging: boolean, folder: string): TemplateResult | typeof nothing {
  return isDragging
    ? html`<p class="assets-drop">${folder === '' ? words.drop : words.dropInto(folder)}</p>`
    : nothing
}

function placeOf({ selected }: ImagesState, store: Store, folder: string): CataloguePlace {
  return {
    folder,
    addressOf: (path) => addressOf({ view: 'images', ...(path !== '' && { folder: path }) }),
    isAll: false,
    isTicked: ({ name }) => selected.includes(name),
    tick({ name }, isTicked) {
      const others = store.state().images.selected.filter((each) => each !== name)
      changeImages(store, { selected: isTicked ? [...others, name] : others })
    },
  }
}

/** Where assets are looked through. */
export interface CataloguePlace extends Ticking {
  readonly folder: string
  /** The address of a folder; empty for the topmost. */
  readonly addressOf: (folder: string) => string
}

/** The assets of a folder, by what they are chosen, and the way to others. */
export function browseView(
  images: ImagesState,
  store: Store,
  place: CataloguePlace,
): TemplateResult {
  const { listed, problem, filter, overview } = images
  const { folder } = place
  if (problem !== undefined && listed === undefined) {
    return html`<p>${words.failed}: ${problem}</p>
      <sp-button variant="secondary" @click=${() => loadImages(store)}>${words.again}</sp-button>`
  }
  if (listed === undefined || overview === undefined || listed.of !== folder) {
    return html`<p class="late">${strings.images.loading}</p>`
  }
  const isFiltered = filter.text !== '' || filter.type !== ''
  const isEmpty = listed.total === 0 && listed.folders.length === 0
  if (isEmpty && !isFiltered && folder === '') {
    return images.uploads.length === 0
      ? html`${overview.companies.length > 1 ? filterView(images, store) : nothing}
          ${emptyCatalogueView(store)}`
      : html``
  }
  return html`
    ${filterView(images, store)} ${folder === '' ? nothing : pathView(place)}
    <p class="assets-shown" role="status">
      ${filter.text === '' ? words.here(listed.total, listed.folders) : words.found(listed.total, filter.text)}
    </p>
    ${foldersView(listed.folders, place)} ${isEmpty ? noneView(store, isFiltered) : nothing}
    <ul class="assets" aria-label=${words.assets} ?data-selecting=${place.isAll || listed.assets.some(place.isTicked)}>
      ${repeat(
        listed.assets,
        ({ name }) => name,
        (asset) => assetCard(asset, place),
      )}
    </ul>
    ${
      listed.next === undefined
        ? nothing
        : html`<sp-button
            variant="secondary"
            aria-disabled=${images.loadingMore === true ? 'true' : nothing}
            @click=${() => loadMoreAssets(store)}
            >${words.more}</sp-button
          >`
    }
  `
}

function pathView({ folder, addressOf: address }: CataloguePlace): TemplateResult {
  const steps = stepsOf(folder)
  return html`<nav class="assets-path" aria-label=${words.path}>
    <ol>
      <li><a href=${address('')}>${words.top}</a></li>
      ${steps.map(
        ({ name, path }) => html`<li>
          <a
            href=${address(path)}
            aria-current=${path === folder ? 'page' : nothing}
            >${name}</a
          >
        </li>`,
      )}
    </ol>
  </nav>`
}

function foldersView(
  folders: readonly { readonly path: string; readonly count: number }[],
  { addressOf: address }: CataloguePlace,
): TemplateResult | typeof nothing {
  if (folders.length === 0) return nothing
  return html`<ul class="asset-folders" aria-label=${words.folders}>
    ${folders.map(
      ({ path, count }) => html`<li>
        <a href=${address(path)}
          ><svg viewBox="0 0 20 16" aria-hidden="true">
            <path d="M1 3a2 2 0 0 1 2-2h4l2 2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2z" />
          </svg>
          <span class="folder-name">${stepsOf(path).at(-1)?.name}</span>
          <span class="folder-count">${words.count(count)}</span></a
        >
      </li>`,
    )}
  </ul>`
}

function noneView(store: Store, isFiltered: boolean): TemplateResult {
  if (isFiltered) {
    return html`<p>${words.none}</p>
      <sp-button
        variant="secondary"
        @click=${() => filterAssets(store, { text: '', type: '' })}
        >${words.showAll}</sp-button
      >`
  }
  return html`<p>${words.emptyFolder}</p>
    <sp-button variant="secondary" @click=${() => pickFiles((files) => addAssets(store, files))}
      >${words.add}</sp-button
    >`
}
