import type { PixelType } from './colour.ts'

/** How a format may be compressed; the first is what is taken unless a request says otherwise. */
export type Compression = 'none' | 'lzw' | 'zip' | 'jpeg' | 'lossy' | 'lossless'

/** A format that `fmt` may name, see Adobe's r-is-http-fmt. */
export interface ServedFormat {
  readonly mediaType: string
  readonly pixelTypes: readonly PixelType[]
  readonly compressions: readonly [Compression, ...Compression[]]
  /** Whether `-alpha` may follow, by which what is transparent stays so; those compressions have no room for it. */
  readonly alpha?: { readonly except: readonly Compression[] }
  /** Whether an ICC profile can be put into it. */
  readonly profile: boolean
}

/** The formats that are served, by the names that `fmt` has for them. */
export const SERVED_FORMATS = {
  jpeg: {
    mediaType: 'image/jpeg',
    pixelTypes: ['rgb', 'gray', 'cmyk'],
    compressions: ['none'],
    profile: true,
  },
  pjpeg: {
    mediaType: 'image/jpeg',
    pixelTypes: ['rgb', 'gray', 'cmyk'],
    compressions: ['none'],
    profile: true,
  },
  png: {
    mediaType: 'image/png',
    pixelTypes: ['rgb', 'gray'],
    compressions: ['none'],
    alpha: { except: [] },
    profile: true,
  },
  png8: {
    mediaType: 'image/png',
    pixelTypes: ['rgb'],
    compressions: ['none'],
    alpha: { except: [] },
    profile: true,
  },
  gif: {
    mediaType: 'image/gif',
    pixelTypes: ['rgb', 'gray'],
    compressions: ['none'],
    alpha: { except: [] },
    profile: false,
  },
  tif: {
    mediaType: 'image/tiff',
    pixelTypes: ['rgb', 'gray', 'cmyk'],
    compressions: ['none', 'lzw', 'zip', 'jpeg'],
    alpha: { except: ['jpeg'] },
    profile: true,
  },
  webp: {
    mediaType: 'image/webp',
    pixelTypes: ['rgb'],
    compressions: ['lossy', 'lossless'],
    alpha: { except: [] },
    profile: false,
  },
  avif: {
    mediaType: 'image/avif',
    pixelTypes: ['rgb'],
    compressions: ['lossy', 'lossless'],
    alpha: { except: [] },
    profile: false,
  },
  jpeg2000: {
    mediaType: 'image/jp2',
    pixelTypes: ['rgb', 'gray'],
    compressions: ['lossy', 'lossless'],
    alpha: { except: [] },
    profile: false,
  },
  pdf: {
    mediaType: 'application/pdf',
    pixelTypes: ['rgb', 'gray', 'cmyk'],
    compressions: ['none', 'zip', 'jpeg'],
    profile: true,
  },
  eps: {
    mediaType: 'image/eps',
    pixelTypes: ['rgb', 'gray', 'cmyk'],
    compressions: ['none'],
    profile: true,
  },
} as const satisfies Readonly<Record<string, ServedFormat>>

export type ServedFormatName = keyof typeof SERVED_FORMATS

/** Other names of them, which are written as well. */
export const FORMAT_ALIASES: Readonly<Record<string, ServedFormatName>> = {
  jpg: 'jpeg',
  tiff: 'tif',
}

/** What Adobe's server has and this one does not, and why. */
export const REFUSED_FORMATS: Readonly<Record<string, string>> = {
  heic: 'there is no encoder for HEIC that may be shipped; fmt=avif is as small',
  jpegxr: 'there is no encoder for JPEG XR; fmt=webp or fmt=avif takes its place',
  swf: 'Flash is not made any more; fmt=png takes its place',
  swf3: 'Flash is not made any more; fmt=png takes its place',
  f4m: 'Flash is not made any more; a video is at /is/content',
  m3u8: 'videos are not streamed here; a video is at /is/content',
}
