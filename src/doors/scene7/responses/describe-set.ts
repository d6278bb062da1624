import { createHash } from 'node:crypto'
import { MissingObjectError, RequestError } from '../../../image-serving/request-error.ts'
import type { Asset, SmartCrop } from '../catalogue/asset.ts'
import { type Catalogues, objectOf } from '../catalogue/catalogues.ts'
import type { AssetSizes } from '../serving/asset-sizes.ts'
import type { ServedRequest } from '../serving/served-request.ts'
import type { DescribedSet, SetItem, SetName, SetRelation } from './described-set.ts'
import { entriesOf, parseSet, type SetEntry, type SetSubject } from './set-text.ts'

/** How deep sets may name sets. */
const DEEPEST = 4

/** What the kinds of media are called in answers, by what sets may call them (r-media-set-requests). */
const INNER_TYPES: ReadonlyMap<string, string> = new Map([
  ['img', 'img'],
  ['basic', 'img'],
  ['advanced_image', 'img'],
  ['img_set', 'img_set'],
  ['advanced_image_set', 'img_set'],
  ['advanced_imageset', 'img_set'],
  ['advanced_swatchset', 'img_set'],
  ['spin', 'spin'],
  ['video', 'video'],
  ['video_set', 'video_set'],
  ['static', 'static'],
  ['ecat', 'ecat'],
])

/** What descriptions are made with. */
export interface SetTools {
  readonly catalogues: Catalogues
  readonly sizes: AssetSizes
}

/**
 * Describes the set, picture or video that a request names.
 *
 * @throws {@link MissingObjectError}, {@link RequestError}
 */
export async function describeRequestedSet(
  tools: SetTools,
  request: ServedRequest,
): Promise<DescribedSet> {
  const { company, object, commands } = request
  if (object.includes(':')) {
    throw new RequestError('req=set takes the name of an asset without a colon.', 'req')
  }
  const written = commands.findLast(({ name }) => name.trim().toLowerCase() === 'imageset')?.value
  const asset = tools.catalogues.find(company, object)?.asset
  const place = { ...tools, company, signal: request.signal, depth: 0 }
  if (written === undefined) {
    if (!asset) throw new MissingObjectError(object)
    return describeAsset(place, asset)
  }
  const entries = parseSet(written)
  if (entries.length === 0) throw new RequestError('imageSet= names no asset.', 'imageSet')
  return describeEntries(place, { n: asset ? nameOf(asset) : object, entries, isKept: false })
}

/** What is known at a place of a set. */
interface Place extends SetTools {
  readonly company: string
  readonly signal: AbortSignal
  readonly depth: number
}

async function describeAsset(place: Place, asset: Asset): Promise<DescribedSet> {
  const n = nameOf(asset)
  if (asset.members.length > 0) {
    const within = { ...place, company: asset.company }
    return describeEntries(within, { n, entries: entriesOf(asset.members), isKept: true })
  }
  const relation = place.catalogues.smartCrops.all(asset).map((crop): SetRelation => ({
    n: objectOf({ asset, crop }),
    type: 'crop',
    userdata: describeCrop(crop),
  }))
  return {
    pv: '1.0',
    type: typeOfAsset(asset),
    n,
    item: await describePicture(place, [asset], undefined),
    ...(relation.length > 0 && { relation }),
  }
}

/** A set, of which some rules tell the type (r-media-set-requests). */
async function describeEntries(
  place: Place,
  {
    n,
    entries,
    isKept,
  }: { readonly n: string; readonly entries: readonly SetEntry[]; readonly isKept: boolean },
): Promise<DescribedSet> {
  if (place.depth > DEEPEST) {
    throw new RequestError(`${n} has sets that are nested more than ${DEEPEST} deep.`, 'req')
  }
  const type = typeOfSet(place, entries, isKept)
  if (type === 'media_set' && place.depth > 0) {
    throw new RequestError(`${n} is a set of several media, which may be in no other set.`, 'req')
  }
  const inner = { ...place, depth: place.depth + 1 }
  const items = await Promise.all(entries.map((entry) => describeEntry(inner, entry)))
  return { pv: '1.0', type, n, item: items }
}

function typeOfSet(place: Place, entries: readonly SetEntry[], isKept: boolean): string {
  const shown = entries.map(({ subjects: [first] }) => first)
  const assets = shown.flatMap((each) => (each.kind === 'asset' ? [demand(place, each.name)] : []))
  const videos = assets.filter((asset) => typeOfAsset(asset) === 'video')
  const hasSets =
    shown.some(({ kind }) => kind === 'set') || assets.some(({ members }) => members.length > 0)
  if (entries.some(({ subjects }) => subjects.length > 1)) return 'ecat'
  if (entries.some(({ type }) => type !== undefined)) return 'media_set'
  if (videos.length === entries.length) return 'video_set'
  if (isKept && (hasSets || videos.length > 0)) return 'media_set'
  if (entries.some(({ swatch }) => swatch !== undefined)) return 'img_set'
  if (hasSets) return 'spin'
  return isKept ? 'img_set' : 'unknown'
}

async function describeEntry(place: Place, entry: SetEntry): Promise<SetItem> {
  const { subjects, swatch, type } = entry
  const [first] = subjects
  const s = swatch && nameSubject(place, swatch)
  if (first.kind === 'colour')
    throw new RequestError('A colour of imageSet= can only be a swatch.', 'imageSet')
  const set = await describeInner(place, first)
  const said = INNER_TYPES.get(type ?? '')
  if (set) return { type: said ?? set.type, set, s: s ?? firstName(set) }
  const assets = subjects.flatMap((each) =>
    each.kind === 'asset' ? [demand(place, each.name)] : [],
  )
  if (assets.length < subjects.length)
    throw new RequestError('Pages of imageSet= must be assets.', 'imageSet')
  const item = await describePicture(place, assets, s)
  const own = said ?? (assets.some((each) => typeOfAsset(each) === 'video') ? 'video' : 'img')
  return own === 'img' ? item : { type: own, ...item }
}

/** The set that is at a place; undefined for what is none. */
async function describeInner(place: Place, subject: SetSubject): Promise<DescribedSet | undefined> {
  if (subject.kind === 'set') {
    return describeEntries(place, { n: '', entries: subject.entries, isKept: false })
  }
  const asset = subject.kind === 'asset' ? demand(place, subject.name) : undefined
  return asset && asset.members.length > 0 ? describeAsset(place, asset) : undefined
}

async function describePicture(
  { sizes, signal }: Place,
  assets: readonly Asset[],
  s: SetName | undefined,
): Promise<SetItem> {
  const [first] = assets
  if (!first) throw new TypeError('a place of a set has at least one asset')
  const names = assets.map((asset) => ({ n: nameOf(asset) }))
  const size = await sizes.of(first, signal)
  return {
    i: names.length === 1 ? { n: nameOf(first) } : names,
    s: s ?? { n: nameOf(first) },
    ...(size && { dx: String(size.width), dy: String(size.height) }),
    iv: shorten(first.version),
  }
}

function nameSubject(place: Place, subject: SetSubject): SetName {
  if (subject.kind === 'set')
    throw new RequestError('A swatch of imageSet= must be no set.', 'imageSet')
  if (subject.kind === 'asset') return { n: nameOf(demand(place, subject.name)) }
  return { color: `0x${subject.hex}`, ...(subject.label !== '' && { l: subject.label }) }
}

function firstName({ item }: DescribedSet): SetName {
  const [first] = [item].flat()
  return first?.s ?? {}
}

function demand({ catalogues, company }: Place, name: string): Asset {
  const found = catalogues.find(company, name)
  if (!found) throw new MissingObjectError(name)
  return found.asset
}

function nameOf(asset: Asset): string {
  return objectOf({ asset, crop: undefined })
}

function typeOfAsset({ type }: Asset): 'video' | 'static' | 'img' {
  if (type === 'video' || type === 'audio') return 'video'
  return type === 'static' || type === 'profile' ? 'static' : 'img'
}

/** What a version says of the file is nobody's business. */
function shorten(version: string): string {
  return createHash('sha256').update(version).digest('base64url').slice(0, 8)
}

/** What is known of a smart crop, by the names that Adobe's `userdata` has for it. */
export function describeCrop(crop: SmartCrop): Readonly<Record<string, string>> {
  const { name, x, y, width, height, forWidth, forHeight } = crop
  return {
    SmartCropDef: name,
    SmartCropHeight: forHeight.toFixed(1),
    SmartCropRect: [x, y, width, height, forWidth, forHeight].join(','),
    SmartCropType: 'Banner',
    SmartCropWidth: forWidth.toFixed(1),
  }
}
