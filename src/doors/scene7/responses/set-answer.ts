import { createHash } from 'node:crypto'
import { MissingObjectError, RequestError } from '../../../image-serving/request-error.ts'
import type { Asset, SetMember, SmartCrop } from '../catalogue/asset.ts'
import { type Catalogues, objectOf } from '../catalogue/catalogues.ts'
import type { AnswerRequest, ServedRequest } from '../serving/served-request.ts'
import { answerText, escapeXml, readFormat, writeCall } from './properties.ts'
import { parseSet, writeSet } from './set-text.ts'

/** What of a set its members are; the letters are those of Adobe's answers. */
interface SetItem {
  readonly i: { readonly n: string }
  /** What is shown in its place where one chooses. */
  readonly s: { readonly n: string }
  /** Changes when the asset does. */
  readonly iv: string
}

/** Of a picture one of its smart crops, by which AEM's image component finds them. */
interface Relation {
  readonly n: string
  readonly type: 'crop'
  readonly userdata: Readonly<Record<string, string>>
}

/** Tells the members of a set, or of a picture its smart crops (r-set, r-media-set-requests). */
export function createSetAnswer(catalogues: Catalogues): AnswerRequest {
  return (request) => {
    const format = readFormat(request, ['xml', 'json'])
    const set = describeSet(catalogues, request)
    const text = format === 'json' ? writeCall(request, { set }) : writeSetXml(set)
    return answerText(text, format, 'no-cache')
  }
}

type DescribedSet = ReturnType<typeof describeSet>

function describeSet(catalogues: Catalogues, { company, object, valueOf }: ServedRequest) {
  const written = valueOf('imageset')
  const found = catalogues.find(company, object)
  if (object.includes(':')) {
    throw new RequestError('req=set takes the name of an asset without a colon.', 'req')
  }
  if (!found && written === undefined) throw new MissingObjectError(object)
  const members = written === undefined ? (found?.asset.members ?? []) : parseSet(written)
  const n = found ? objectOf(found) : object
  if (members.length > 0) {
    const type = members.some(({ swatch }) => swatch !== undefined) ? 'img_set' : 'unknown'
    const item = members.map((member) => toItem(catalogues, company, member))
    return { pv: '1.0', type: found?.asset.type === 'set' ? 'img_set' : type, n, item }
  }
  const asset = found?.asset
  if (!asset) throw new RequestError('imageSet= names no asset.', 'imageSet')
  const relation = asset.crops.map((crop) => toRelation(asset, crop))
  return {
    pv: '1.0',
    type: typeOfSet(asset),
    n,
    item: toItem(catalogues, company, { asset: n }),
    ...(relation.length > 0 && { relation }),
  }
}

function typeOfSet({ type }: Asset): 'video' | 'static' | 'img' {
  if (type === 'video' || type === 'audio') return 'video'
  return type === 'static' ? 'static' : 'img'
}

function toItem(catalogues: Catalogues, company: string, { asset, swatch }: SetMember): SetItem {
  const found = catalogues.find(company, asset)
  if (!found) throw new MissingObjectError(asset)
  const n = objectOf(found)
  const shown = swatch === undefined ? undefined : catalogues.find(company, swatch)
  if (swatch !== undefined && !shown) throw new MissingObjectError(swatch)
  return { i: { n }, s: { n: shown ? objectOf(shown) : n }, iv: shorten(found.asset.version) }
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

function toRelation(asset: Asset, crop: SmartCrop): Relation {
  return { n: objectOf({ asset, crop }), type: 'crop', userdata: describeCrop(crop) }
}

function writeSetXml(set: DescribedSet): string {
  const items = 'item' in set && Array.isArray(set.item) ? set.item : [set.item]
  const written = items
    .flat()
    .map(
      ({ i, s, iv }) =>
        `  <item iv="${escapeXml(iv)}"><i n="${escapeXml(i.n)}" /><s n="${escapeXml(s.n)}" /></item>`,
    )
  const head = `<set pv="${set.pv}" type="${set.type}" n="${escapeXml(set.n)}">`
  return `<?xml version="1.0" encoding="UTF-8" ?>\n${head}\n${written.join('\n')}\n</set>\n`
}

/** Tells the members of a set as it is kept, or nothing of what is none (r-imageset-req). */
export function createImageSetAnswer(catalogues: Catalogues): AnswerRequest {
  return (request) => {
    const format = readFormat(request)
    const members = catalogues.find(request.company, request.object)?.asset.members ?? []
    const text = writeSet(members)
    if (format === 'json')
      return answerText(writeCall(request, { imageset: text }), format, 'no-cache')
    if (format === 'xml') {
      const xml = `<?xml version="1.0" encoding="UTF-8" ?>\n<imageset>${escapeXml(text)}</imageset>\n`
      return answerText(xml, format, 'no-cache')
    }
    return answerText(`${text}\r\n`, format, 'no-cache')
  }
}
