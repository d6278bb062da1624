import * as z from 'zod/mini'
import {
  type AssetCrop,
  type AssetDetail,
  type AssetPatch,
  assetDetailSchema,
  foundCropsSchema,
  type NewSet,
} from '../../../src/doors/page/images/asset-shapes.ts'
import { tellProblem } from '../../commands/notices.ts'
import { addressOf } from '../../router.ts'
import { ask, jsonBody, urlOf } from '../../service.ts'
import type { Store } from '../../state.ts'
import { assetUrl, changeImages, loadImages } from './catalogue-commands.ts'

type Named = Pick<AssetDetail, 'company' | 'name'>

/** The smart crops that an asset has without anybody having set them; none where they cannot be had. */
export async function findCrops({ company, name }: Named): Promise<readonly AssetCrop[]> {
  const query = new URLSearchParams({ company, name }).toString()
  try {
    return (await ask(foundCropsSchema, `${urlOf('images', 'crops')}?${query}`)).crops
  } catch {
    // They are an offer; what is wrong with the asset is told beside.
    return []
  }
}

/**
 * Changes an asset that is looked at.
 *
 * @returns whether that was done; why not is told
 */
export async function changeAsset(
  store: Store,
  { company, name }: Named,
  patch: AssetPatch,
): Promise<boolean> {
  return tellOfFailure(store, async () => {
    const init = { ...jsonBody('POST', patch), method: 'PATCH' }
    const detail = await ask(assetDetailSchema, assetUrl(company, name), init)
    changeImages(store, { detail, missing: undefined })
    if (detail.name !== name) {
      // In place of the address of what is not there any more.
      const address = addressOf({ view: 'asset', company, asset: detail.name })
      history.replaceState(null, '', address)
      store.change({ route: { view: 'asset', company, asset: detail.name } })
    }
  })
}

/** Deletes an asset that is looked at, and goes back to its folder. */
export async function deleteAsset(store: Store, asset: AssetDetail): Promise<void> {
  await tellOfFailure(store, async () => {
    await ask(z.undefined(), assetUrl(asset.company, asset.name), { method: 'DELETE' })
    changeImages(store, { detail: undefined })
    const { folder } = asset
    location.hash = addressOf({ view: 'images', ...(folder !== '' && { folder }) })
  })
}

/** Deletes assets one by one, so that those which can be deleted are, whatever becomes of the others. */
export async function deleteAssets(store: Store, assets: readonly Named[]): Promise<void> {
  await forEach(store, assets, async ({ company, name }) => {
    await ask(z.undefined(), assetUrl(company, name), { method: 'DELETE' })
  })
}

/** Moves assets to a folder. */
export async function moveAssets(
  store: Store,
  assets: readonly Named[],
  folder: string,
): Promise<void> {
  const patch: AssetPatch = { folder }
  await forEach(store, assets, async ({ company, name }) => {
    const init = { ...jsonBody('POST', patch), method: 'PATCH' }
    await ask(assetDetailSchema, assetUrl(company, name), init)
  })
}

/** Makes a set of assets, and shows it. */
export async function makeSet(store: Store, set: NewSet): Promise<void> {
  await tellOfFailure(store, async () => {
    const { company, name } = await ask(
      assetDetailSchema,
      urlOf('images', 'sets'),
      jsonBody('POST', set),
    )
    changeImages(store, { selected: [] })
    location.hash = addressOf({ view: 'asset', company, asset: name })
  })
}

async function forEach(
  store: Store,
  assets: readonly Named[],
  work: (asset: Named) => Promise<void>,
): Promise<void> {
  const done: string[] = []
  for (const asset of assets) {
    if (await tellOfFailure(store, () => work(asset))) done.push(asset.name)
  }
  const { selected } = store.state().images
  changeImages(store, { selected: selected.filter((name) => !done.includes(name)) })
  await loadImages(store)
}

async function tellOfFailure(store: Store, work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    tellProblem(store, error)
    return false
  }
}
