import path from 'node:path'
import type { Asset } from '../../catalogue/asset.ts'
import type { Value } from '../schema/types.ts'
import type { AssetRecord } from './asset-records.ts'
import { handleOfFolder } from './folder-path.ts'
import { ipsTypeOf } from './ips-type.ts'

/** An asset as IPS tells of it. */
export type IpsAsset = Value<'Asset'>

/** Types whose `…Info` tells of nothing but the file. */
const FILE_INFOS = {
  Audio: 'audioInfo',
  Css: 'cssInfo',
  Excel: 'excelInfo',
  Flash: 'flashInfo',
  Font: 'fontInfo',
  IccProfile: 'iccProfileInfo',
  Illustrator: 'illustratorInfo',
  InDesign: 'inDesignInfo',
  Javascript: 'javascriptInfo',
  Pdf: 'pdfInfo',
  PostScript: 'postScriptInfo',
  PowerPoint: 'powerPointInfo',
  Rtf: 'rtfInfo',
  Svg: 'svgInfo',
  Video: 'videoInfo',
  VideoCaption: 'videoCaptionInfo',
  Word: 'wordInfo',
  Xml: 'xmlInfo',
  Zip: 'zipInfo',
} as const satisfies Readonly<Record<string, keyof IpsAsset>>

/** The handle of an asset. */
export function handleOfAsset({ number }: AssetRecord): string {
  return `a|${number}`
}

/** The path of the file that an asset was made from, as it was called when it came. */
export function originalFileOf({ company, folder, name, original }: Asset): string {
  return `${handleOfFolder(company, folder)}${original?.name ?? path.posix.basename(name)}`
}

/** The name of an asset without its folder, and without the extension of its file, which names in a mounted folder may have. */
export function baseNameOf({ name, original }: Pick<Asset, 'name' | 'original'>): string {
  return path.posix.basename(name, original && path.extname(original.name))
}

/** The name of an asset with the extension that its file came with. */
export function fileNameOf(asset: Pick<Asset, 'name' | 'original'>): string {
  return `${baseNameOf(asset)}${asset.original ? path.extname(asset.original.name) : ''}`
}

/** Tells of an asset what IPS tells. */
export function toIpsAsset(asset: Asset, record: AssetRecord): IpsAsset {
  const { company, name, folder, modified } = asset
  const type = ipsTypeOf(asset, record.setType)
  return {
    assetHandle: handleOfAsset(record),
    type,
    name,
    fileName: fileNameOf(asset),
    folder: handleOfFolder(company, folder),
    folderHandle: handleOfFolder(company, folder),
    readyForPublish: record.isReady,
    trashState: 'NotInTrash',
    ipsImageUrl: `${[company, ...name.split('/')].map(encodeURIComponent).join('/')}?req=tmb`,
    created: new Date(modified),
    lastModified: new Date(modified),
    ...infoOf(asset, type),
  }
}

function infoOf(asset: Asset, type: string): Partial<IpsAsset> {
  const { original, modifier, postModifier, resolution, width, height } = asset
  const file = original && {
    originalPath: originalFileOf(asset),
    originalFile: original.name,
    fileSize: original.size,
  }
  const url = { urlModifier: modifier, urlPostApplyModifier: postModifier }
  if (type === 'Image') return { imageInfo: { ...file, width, height, resolution, ...url } }
  if (type === 'Template') return { templateInfo: { url: modifier, ...url } }
  const member = Object.entries(FILE_INFOS).find(([each]) => each === type)?.[1]
  return member && file ? { [member]: file } : {}
}
