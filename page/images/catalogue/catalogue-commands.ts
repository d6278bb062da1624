import {
  assetDetailSchema,
  assetPageSchema,
  imagesOverviewSchema,
} from '../../../src/doors/page/images/asset-shapes.ts'
import { messageOf } from '../../commands/notices.ts'
import type { Route } from '../../router.ts'
import { ask, urlOf } from '../../service.ts'
import type { Store } from '../../state.ts'
import type { AssetFilter, ImagesState } from '../images-state.ts'

/** How long somebody types before what is typed is looked for, in milliseconds. */
const TYPING_MS = 200

/** Changes what is known of the assets. */
export function changeImages(store: Store, changes: Partial<ImagesState>): void {
  store.change({ images: { ...store.state().images, ...changes } })
}

/** The address of something about an asset, for the service. */
export function assetUrl(company: string, name: string): string {
  return `${urlOf('images', 'asset')}?${new URLSearchParams({ company, name }).toString()}`
}

/** Asks whose assets there are, and lists those of the folder that is looked at. */
export async function loadImages(store: Store): Promise<void> {
  try {
    changeImages(store, { overview: await ask(imagesOverviewSchema, urlOf('images')) })
    await loadAssets(store)
  } catch (error) {
    changeImages(store, { problem: messageOf(error) })
  }
}

/** Whether a view has the catalogue in it. */
export function isCatalogue(
  route: Route,
): route is Extract<Route, { view: 'images' | 'newExport' }> {
  return route.view === 'images' || route.view === 'newExport'
}

/** The folder whose assets are looked at; empty for the topmost. */
export function folderOf(store: Store): string {
  const { route } = store.state()
  return isCatalogue(route) ? (route.folder ?? '') : ''
}

/** Whose assets are looked at. */
export function companyOf({ company, overview }: ImagesState): string {
  return company ?? overview?.company ?? ''
}

/** What an answer is to, so that one that comes late is not taken for what was asked for since. */
function wishOf(store: Store): { key: string; query: Record<string, string> } {
  const { images } = store.state()
  const { text, type } = images.filter
  const folder = folderOf(store)
  const query = { company: companyOf(images), folder, text, ...(type !== '' && { type }) }
  return { key: JSON.stringify(query), query }
}

/** Lists the assets anew, as many as were listed. */
async function loadAssets(store: Store): Promise<void> {
  const { key, query } = wishOf(store)
  const of = folderOf(store)
  const { listed } = store.state().images
  const many = listed?.of === of ? listed.assets.length : 0
  let page = await askPage(query, 0)
  while (page.assets.length < many && page.next !== undefined) {
    const next = await askPage(query, page.next)
    page = { ...next, assets: [...page.assets, ...next.assets] }
  }
  if (wishOf(store).key !== key) return
  const { selected } = store.state().images
  const names = new Set(page.assets.map(({ name }) => name))
  changeImages(store, {
    listed: { ...page, of },
    problem: undefined,
    selected: listed?.of === of ? selected.filter((name) => names.has(name)) : [],
  })
}

async function askPage(query: Record<string, string>, from: number) {
  const search = new URLSearchParams({ ...query, from: String(from) }).toString()
  return ask(assetPageSchema, `${urlOf('images', 'assets')}?${search}`)
}

/** Lists those that come after what is listed. */
export async function loadMoreAssets(store: Store): Promise<void> {
  const { listed, loadingMore } = store.state().images
  if (listed?.next === undefined || loadingMore === true) return
  const { key, query } = wishOf(store)
  changeImages(store, { loadingMore: true })
  try {
    const page = await askPage(query, listed.next)
    if (wishOf(store).key !== key) return
    const assets = [...listed.assets, ...page.assets]
    changeImages(store, { listed: { ...page, assets, of: listed.of } })
  } catch (error) {
    changeImages(store, { problem: messageOf(error) })
  } finally {
    changeImages(store, { loadingMore: false })
  }
}

let typing: ReturnType<typeof setTimeout> | undefined

/** Lists other assets. */
export function filterAssets(store: Store, changes: Partial<AssetFilter>): void {
  const { filter } = store.state().images
  changeImages(store, { filter: { ...filter, ...changes } })
  clearTimeout(typing)
  typing = setTimeout(() => void loadImages(store), changes.text === undefined ? 0 : TYPING_MS)
}

/** Lists the assets of another company. */
export function chooseCompany(store: Store, company: string): void {
  changeImages(store, { company, listed: undefined, selected: [] })
  void loadImages(store)
}

/** Asks for all that is known of the asset that is looked at. */
export async function loadAsset(store: Store): Promise<void> {
  const { route } = store.state()
  if (route.view !== 'asset') return
  const { company, asset: name } = route
  const isLookedAt = (): boolean => store.state().route === route
  try {
    const detail = await ask(assetDetailSchema, assetUrl(company, name))
    if (isLookedAt()) changeImages(store, { detail, missing: undefined })
  } catch (error) {
    if (isLookedAt()) changeImages(store, { missing: { company, name, why: messageOf(error) } })
  }
}

/** Takes in that assets have come, changed or gone, where they are looked at. */
export async function reloadImages(store: Store): Promise<void> {
  const { route } = store.state()
  if (isCatalogue(route)) await loadImages(store)
  if (route.view === 'asset') await loadAsset(store)
}
