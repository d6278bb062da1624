import type { Rgba } from './composition.ts'

/** How a finished view becomes a file. */
export interface Encoding {
  readonly format:
    | 'jpeg'
    | 'pjpeg'
    | 'png'
    | 'png8'
    | 'gif'
    | 'tif'
    | 'webp'
    | 'avif'
    | 'jpeg2000'
    | 'pdf'
    | 'eps'
  readonly pixelType: 'rgb' | 'gray' | 'cmyk'
  readonly compression: 'none' | 'lzw' | 'zip' | 'jpeg' | 'lossy' | 'lossless'
  /** From 1 to 100, of JPEG and what is lossy. */
  readonly quality: number
  /** Whether colours keep their full resolution, in a JPEG. */
  readonly fullChroma: boolean
  /** The most bytes of a JPEG, whose quality is lowered until it has no more. */
  readonly mostBytes?: number | undefined
  readonly palette: Palette
  /** In dots an inch; undefined for none. */
  readonly resolution?: number | undefined
  /** The ICC profile into whose colours it is converted; undefined for sRGB, or ink without a profile. */
  readonly profile?: ColourProfile | undefined
  readonly embedProfile: boolean
  /** XMP to embed, as it is. */
  readonly xmp?: string | undefined
}

/** What says in which colours a picture is written. */
export type WrittenColours = Pick<Encoding, 'pixelType' | 'profile'>

/** Of a GIF or a PNG8. */
export interface Palette {
  readonly kind: 'adaptive' | 'web' | 'mac'
  /** By Floyd and Steinberg. */
  readonly diffused: boolean
  /** From 2 to 256. */
  readonly colours: number
  /** That are in it in any case. */
  readonly forced: readonly Pick<Rgba, 'red' | 'green' | 'blue'>[]
}

export interface ColourProfile {
  /** What whoever asks for it calls it. */
  readonly name: string
  /** The name of a profile that libvips has, or the path of a file. */
  readonly profile: string
  /** Of a file: another one whenever that is changed. */
  readonly version?: string | undefined
  readonly intent: 'perceptual' | 'relative' | 'saturation' | 'absolute'
  /** Whether black becomes the darkest of the profile, and what is dark keeps its differences. */
  readonly blackPoint: boolean
}
