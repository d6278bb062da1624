import type { Asset } from '../../catalogue/asset.ts'

/** What IPS calls the types of assets by their media types, beside those that the group of a format tells. */
const BY_MEDIA_TYPE: Readonly<Record<string, string>> = {
  'application/pdf': 'Pdf',
  'application/illustrator': 'Illustrator',
  'application/postscript': 'PostScript',
  'application/rtf': 'Rtf',
  'application/msword': 'Word',
  'application/zip': 'Zip',
  'application/xml': 'Xml',
  'application/vnd.adobe.indesign-idml-package': 'InDesign',
  'application/x-indesign': 'InDesign',
  'application/x-shockwave-flash': 'Flash',
  'application/vnd.iccprofile': 'IccProfile',
  'image/svg+xml': 'Svg',
  'text/xml': 'Xml',
  'text/css': 'Css',
  'text/javascript': 'Javascript',
  'text/vtt': 'VideoCaption',
}

/** All that IPS knows, and some that its pages forget. */
const ALL_TYPES: ReadonlySet<string> = new Set(
  `Aco AdjustedView AnimatedGif Asset AssetSet Audio Cabinet Catalog ColorSwatch Css CuePoint Excel Flash Font Fxg
  IccProfile Illustrator Image ImageMap ImageSet InDesign Javascript LayerView Mask MasterVideo Pdf PDFSettings
  PostScript PowerPoint PremierExpressRemix Psd PsdTemplate RenderScene RenderSet Rtf SpinSet Svg Swc Template Video
  VideoCaption VideoSet ViewerPreset ViewerSwf Vignette Watermark WindowCovering WindowsCovering Word Xml Xsl Zip
  ZoomTarget`.split(/\s+/),
)

/** Whether there is a type of this name, whether this house has assets of it or not. */
export function isAssetType(name: string): boolean {
  return ALL_TYPES.has(name)
}

/** The kinds of sets that createImageSet makes; ExportJob takes none of them. */
export const SET_TYPES = [
  'ImageSet',
  'SpinSet',
  'RenderSet',
  'AssetSet',
  'Catalog',
  'VideoSet',
] as const

/**
 * What IPS calls an asset of this kind (r-asset-types).
 *
 * @param setType - what it was called when it was made as a set
 */
export function ipsTypeOf({ type, original }: Asset, setType: string | undefined): string {
  if (type === 'set') return setType ?? 'ImageSet'
  if (type === 'template') return 'Template'
  const mediaType = original?.mediaType ?? ''
  const known = BY_MEDIA_TYPE[mediaType]
  if (known !== undefined) return known
  if (type === 'picture') return 'Image'
  if (type === 'video') return 'Video'
  if (type === 'audio') return 'Audio'
  if (type === 'office') return officeTypeOf(mediaType)
  return mediaType.startsWith('font/') ? 'Font' : 'Asset'
}

function officeTypeOf(mediaType: string): string {
  if (/excel|sheet/.test(mediaType)) return 'Excel'
  if (/powerpoint|presentation/.test(mediaType)) return 'PowerPoint'
  return 'Word'
}
