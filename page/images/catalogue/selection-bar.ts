import { html, nothing, type TemplateResult } from 'lit'
import type { ShownAsset } from '../../../src/doors/page/images/asset-shapes.ts'
import { askName } from '../../elements/ask-name.ts'
import { confirm } from '../../elements/confirm.ts'
import { beginExport } from '../../exports/begin-export.ts'
import type { Store } from '../../state.ts'
import type { ImagesState } from '../images-state.ts'
import { deleteAssets, makeSet, moveAssets } from './asset-commands.ts'
import { assetWords } from './asset-words.ts'
import { changeImages, companyOf, folderOf } from './catalogue-commands.ts'
import { isAssetName, readFolder } from './folder-path.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

const words = assetWords.selection

/** What can be done with the assets that are selected. */
export function selectionBar(images: ImagesState, store: Store): TemplateResult | typeof nothing {
  const { selected, listed } = images
  if (selected.length === 0) return nothing
  const chosen = selected.flatMap(
    (name) => listed?.assets.find((asset) => asset.name === name) ?? [],
  )
  const isFixed = chosen.some(({ isMounted }) => isMounted)
  return html`<div class="selection" role="group" aria-label=${words.title}>
    <strong role="status">${words.count(selected.length)}</strong>
    <sp-action-button @click=${() => askForSet(chosen, images, store)}>${words.makeSet}</sp-action-button>
    <sp-action-button @click=${() => beginExport(store, companyOf(images), selected)}
      >${words.export}</sp-action-button
    >
    ${
      isFixed
        ? html`<span class="selection-note">${words.mounted}</span>`
        : html`<sp-action-button @click=${() => askForFolder(chosen, store)}
              >${words.move}</sp-action-button
            >
            <sp-action-button @click=${() => askToDelete(chosen, store)}>${words.delete}</sp-action-button>`
    }
    <sp-action-button quiet @click=${() => changeImages(store, { selected: [] })}
      >${words.clear}</sp-action-button
    >
  </div>`
}

async function askForSet(
  chosen: readonly ShownAsset[],
  images: ImagesState,
  store: Store,
): Promise<void> {
  const { title, label, confirm: word } = assetWords.newSet
  const name = await askName({
    title,
    label,
    confirm: word,
    suggested: `${chosen[0]?.name ?? ''}-set`,
    problemOf,
  })
  if (name === undefined) return
  const members = chosen.map((asset) => asset.name)
  await makeSet(store, { company: companyOf(images), name, folder: folderOf(store), members })
}

/** Why an asset cannot be called so. */
export function problemOf(name: string): string | undefined {
  if (name === '') return assetWords.rename.empty
  return isAssetName(name) ? undefined : assetWords.rename.wrong
}

/**
 * Asks for a folder.
 *
 * @param suggested - where the assets are
 */
export async function askFolder(suggested: string): Promise<string | undefined> {
  const { title, label, confirm: word, wrong } = assetWords.move
  const typed = await askName({
    title,
    label,
    confirm: word,
    suggested: suggested === '' ? '/' : suggested,
    problemOf: (text) => (text === '' || readFolder(text) === undefined ? wrong : undefined),
  })
  return typed === undefined ? undefined : readFolder(typed)
}

async function askForFolder(chosen: readonly ShownAsset[], store: Store): Promise<void> {
  const folder = await askFolder(folderOf(store))
  if (folder !== undefined) await moveAssets(store, chosen, folder)
}

async function askToDelete(chosen: readonly ShownAsset[], store: Store): Promise<void> {
  const { one, several, text, textOfSeveral, confirm: word } = assetWords.delete
  const [first] = chosen
  const isOne = chosen.length === 1 && first !== undefined
  const isMeant = await confirm({
    title: isOne ? one(first.name) : several(chosen.length),
    text: isOne ? text : textOfSeveral,
    confirm: word,
  })
  if (isMeant) await deleteAssets(store, chosen)
}
