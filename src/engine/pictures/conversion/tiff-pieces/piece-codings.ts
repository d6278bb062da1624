import { numberOf, TIFF_TAGS, type TiffDirectory } from '../../../../sources/tiff-directory.ts'
import type { NumberFormat } from './numbers.ts'

/** A kind of picture of which pieces are, and whether its colours are brightness and differences. */
export interface Coding {
  readonly format: 'J2K' | 'JP2' | 'JXL' | 'PNG' | 'WEBP'
  readonly ycbcr?: boolean
}

/** By the number of `Compression`, of which Aperio, GDAL, libtiff and Adobe have added some. */
export const CODINGS: Readonly<Record<number, Coding>> = {
  33_003: { format: 'J2K', ycbcr: true },
  33_004: { format: 'J2K' },
  33_005: { format: 'J2K' },
  34_712: { format: 'J2K' },
  34_933: { format: 'PNG' },
  50_001: { format: 'WEBP' },
  50_002: { format: 'JXL' },
  52_546: { format: 'JXL' },
}

const BITS: ReadonlySet<number> = new Set([8, 16])

/** Whether pieces are pictures of their own that can be decoded. */
export function isPicture(compression: number, { bits, kind }: NumberFormat): boolean {
  return CODINGS[compression] !== undefined && kind === 'unsigned' && BITS.has(bits)
}

const JPEG = 7

/** Whether pieces are JPEGs, of which those of 8 bits are for others to read. */
export function isJpeg(compression: number): boolean {
  return compression === JPEG
}

/** The samples of a JPEG of more bits, as they are given here. */
export const DECODED_JPEG: NumberFormat = { bits: 16, kind: 'unsigned', isLittle: true }

/** The values of `PhotometricInterpretation` of light in logarithms: alone, and with colours. */
export const LOG_LUV = { light: 32_844, colours: 32_845 }

/** Whether a picture is light in logarithms. */
export function isLogLuv(directory: TiffDirectory): boolean {
  const photometric = numberOf(directory, TIFF_TAGS.photometric)
  return photometric === LOG_LUV.light || photometric === LOG_LUV.colours
}
