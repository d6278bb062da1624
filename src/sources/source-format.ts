import type { ConvertibleFormat } from '../engine/pictures/conversion/conversion.ts'
import { isPdf } from './pdf-signature.ts'

/** A format that sources are read in. */
export interface SourceFormat {
  /** The name people use, for sentences. */
  readonly title: string
  /** Whether a file that starts with these bytes is of this format. */
  readonly matches: (start: Buffer) => boolean
  /** What it has to be converted from before libvips can read it. */
  readonly convert?: ConvertibleFormat
  /** Whether a file may hold an animation, as opposed to pages. */
  readonly animates?: true
}

/** How many bytes of a file {@link identifyFormat} needs: an SVG may begin with comments and entities. */
export const SIGNATURE_BYTES = 8192

/** Every format that sources are read in. */
export const SOURCE_FORMATS: readonly SourceFormat[] = [
  { title: 'JPEG', matches: startsWith('ffd8ff') },
  { title: 'PNG', matches: startsWith('89504e470d0a1a0a') },
  { title: 'WebP', matches: startsWith('52494646........57454250'), animates: true },
  { title: 'GIF', matches: startsWith('474946383[79]61'), animates: true },
  // Byte order, then 42, or 43 for a BigTIFF.
  { title: 'TIFF', matches: startsWith('49492[ab]00|4d4d002[ab]') },
  { title: 'SVG', matches: isSvg },
  // AI files are PDF files as well, unless they are very old.
  { title: 'PDF', matches: isPdf },
  { title: 'AVIF', matches: (start) => hasBrand(start, /^avi[fs]$/) },
  { title: 'HEIC', matches: (start) => hasBrand(start, /^(he[iv].|mif1|msf1)$/), convert: 'HEIC' },
  // Version 2 is a PSB, whose name people know less.
  { title: 'PSD', matches: startsWith('38425053000[12]'), convert: 'PSD' },
  // "BM", and a header of a length that exists, since two letters alone begin many texts.
  {
    title: 'BMP',
    matches: startsWith('424d.{24}(?:0c|10|28|34|38|40|6c|7c)000000'),
    convert: 'BMP',
  },
  // Plain or run-length encoded, one or two bytes a channel.
  { title: 'SGI', matches: startsWith('01da0[01]0[12]'), convert: 'SGI' },
  // At least one icon, whose directory entry has a reserved zero.
  { title: 'ICO', matches: startsWith('00000100(?!0000).{10}00'), convert: 'ICO' },
]

/**
 * Tells the format of a file by its content. Names and media types are not asked, since both are whatever someone
 * wrote into a request.
 *
 * @param start - the first {@link SIGNATURE_BYTES} bytes of the file, or all of it when it is shorter
 * @returns undefined when the bytes are no image of a known format
 */
export function identifyFormat(start: Buffer): SourceFormat | undefined {
  return SOURCE_FORMATS.find(({ matches }) => matches(start))
}

/** Matches the first bytes of a file, written in hexadecimal. */
function startsWith(hex: string): (start: Buffer) => boolean {
  const pattern = new RegExp(`^(?:${hex})`)
  return (start) => pattern.test(start.toString('hex', 0, 32))
}

/** An XML document whose root is `svg`, as far as its beginning shows; a page of HTML that contains one is none. */
function isSvg(start: Buffer): boolean {
  const text = start.toString('utf8')
  return (
    /^\uFEFF?\s*</.test(text) && /<(\w+:)?svg[\s>]/.test(text) && !/<(!doctype )?html/i.test(text)
  )
}

/**
 * Whether the box `ftyp`, with which the formats of ISO 14496-12 begin, names such a brand. AVIF comes before HEIC in the
 * table, since both may call themselves the `mif1` that they have in common.
 */
function hasBrand(start: Buffer, brand: RegExp): boolean {
  if (start.length < 16 || start.toString('latin1', 4, 8) !== 'ftyp') return false
  const end = Math.min(start.readUInt32BE(0), start.length)
  const brands = start.toString('latin1', 8, end).match(/.{4}/gs) ?? []
  // The second one is the minor version.
  return brands.some((name, index) => index !== 1 && brand.test(name))
}
