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
