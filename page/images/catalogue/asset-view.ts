import { html, nothing, type TemplateResult } from 'lit'
import type { AssetDetail } from '../../../src/doors/page/images/asset-shapes.ts'
import { askName } from '../../elements/ask-name.ts'
import { breakable } from '../../elements/breakable.ts'
import { confirm } from '../../elements/confirm.ts'
import { addressOf, type Route } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { contentUrl } from '../image-url.ts'
import { changeAsset, deleteAsset, findCrops } from './asset-commands.ts'
import { assetFacts } from './asset-facts.ts'
import { commandsOf, lettersOf, objectOf, pictureUrl } from './asset-picture.ts'
import { assetWords } from './asset-words.ts'
import { membersView } from './members-view.ts'
import { askFolder, problemOf } from './selection-bar.ts'
import './crop-editor.ts'
import '../../elements/media-player.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './asset.css'

const words = assetWords.asset

/** The place of the picture, in pixels; it is asked for at twice that, as it is looked at closely. */
const BOX = { width: 900, height: 900 }

/** One asset, with all that is known of it. */
export function assetView(
  { images }: State,
  store: Store,
  { company, asset: name }: Extract<Route, { view: 'asset' }>,
): TemplateResult {
  const { detail, missing } = images
  if (missing?.company === company && missing.name === name) {
    return html`<h1>${words.missing}</h1>
      <p>${missing.why}</p>`
  }
  if (detail?.company !== company || detail.name !== name) {
    return html`<p class="late">${words.loading}</p>`
  }
  return html`<div class="asset-head">
      <h1>${breakable(name)}</h1>
      <div class="asset-actions" role="group" aria-label=${words.actions}>
        ${actionsOf(detail, store)}
      </div>
    </div>
    <div class="asset-parts">
      <div class="asset-look">${lookOf(detail, store)}</div>
      ${assetFacts(detail, store)}
    </div>`
}

function actionsOf(detail: AssetDetail, store: Store): TemplateResult {
  const { isMounted, file } = detail
  return html`<a class="asset-lab" href=${addressOf({ view: 'image', object: objectOf(detail) })}
      >${words.lab}</a
    >
    ${
      file === undefined
        ? nothing
        : html`<a href=${contentUrl(objectOf(detail))} target="_blank" rel="noopener">${words.original}</a>`
    }
    ${
      isMounted
        ? nothing
        : html`<sp-action-button size="s" @click=${() => rename(detail, store)}
              >${words.rename}</sp-action-button
            >
            <sp-action-button size="s" @click=${() => move(detail, store)}>${words.move}</sp-action-button>
            <sp-action-button size="s" @click=${() => remove(detail, store)}
              >${words.delete}</sp-action-button
            >`
    }`
}

function lookOf(detail: AssetDetail, store: Store): TemplateResult {
  const { type, file, version, name } = detail
  if (type === 'set') return membersView(detail, store)
  const src = pictureUrl(detail, BOX, devicePixelRatio)
  const player =
    type === 'video' || type === 'audio'
      ? html`<media-player
          src=${contentUrl(objectOf(detail))}
          name=${file?.name ?? name}
          kind=${type}
        ></media-player>`
      : nothing
  if (src === undefined) {
    return html`${player}
      ${type === 'audio' ? nothing : html`<p class="asset-none"><span>${lettersOf(detail)}</span>${words.noPicture}</p>`}`
  }
  return html`${player}
    <crop-editor
      .src=${src}
      .alone=${player === nothing}
      .object=${objectOf(detail)}
      .version=${version}
      .crops=${detail.crops}
      .foundCrops=${() => findCrops(detail)}
      .thumbnail=${(box: { width: number; height: number }) => commandsOf(box, devicePixelRatio, version)}
      .save=${(crops: AssetDetail['crops']) => changeAsset(store, detail, { crops })}
    ></crop-editor>`
}

async function rename(detail: AssetDetail, store: Store): Promise<void> {
  const { title, label, confirm: word } = assetWords.rename
  const { name } = detail
  const wanted = await askName({ title, label, confirm: word, suggested: name, problemOf })
  if (wanted !== undefined) await changeAsset(store, detail, { name: wanted })
}

async function move(detail: AssetDetail, store: Store): Promise<void> {
  const folder = await askFolder(detail.folder)
  if (folder !== undefined) await changeAsset(store, detail, { folder })
}

async function remove(detail: AssetDetail, store: Store): Promise<void> {
  const { one, text, usedIn, confirm: word } = assetWords.delete
  const isMeant = await confirm({
    title: one(detail.name),
    text: detail.usedIn.length === 0 ? text : text + usedIn(detail.usedIn),
    confirm: word,
  })
  if (isMeant) await deleteAsset(store, detail)
}
