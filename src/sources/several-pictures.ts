import type { Content } from './signatures.ts'

/** The brands of files of ISO 14496-12 that hold a sequence of pictures. */
const SEQUENCES: ReadonlySet<string> = new Set(['avis', 'msf1', 'hevc', 'hevx'])

/** `Animation` among the flags of the chunk `VP8X` (https://developers.google.com/speed/webp/docs/riff_container). */
const WEBP_ANIMATION = 0x02

const always = (): boolean => true

const TELLERS: Partial<Readonly<Record<Content, (start: Buffer) => boolean>>> = {
  pdf: always,
  tiff: always,
  gif: always,
  webp: (start) =>
    start.toString('latin1', 12, 16) === 'VP8X' && ((start[20] ?? 0) & WEBP_ANIMATION) > 0,
  png: isAnimatedPng,
  avif: isSequence,
  heic: isSequence,
}

/**
 * Whether a file may hold several pages or frames, as far as its first bytes tell. How many there are only who reads all of
 * it knows.
 */
export function mayHoldSeveral(content: Content | undefined, start: Buffer): boolean {
  return (content && TELLERS[content]?.(start)) ?? false
}

/** A PNG that is animated says so before its first picture, which may come after more bytes than there are. */
function isAnimatedPng(start: Buffer): boolean {
  const animation = start.indexOf('acTL')
  const picture = start.indexOf('IDAT')
  return picture === -1 || (animation !== -1 && animation < picture)
}

function isSequence(start: Buffer): boolean {
  const brands = start.toString('latin1', 8, start.readUInt32BE(0)).match(/.{4}/gs) ?? []
  return brands.some((brand) => SEQUENCES.has(brand))
}
