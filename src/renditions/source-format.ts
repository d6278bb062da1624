/** A format that sources are read in. */
export interface SourceFormat {
  /** The name people use, for sentences. */
  readonly title: string
  /** Matches the first bytes of a file of this format, written in hexadecimal. */
  readonly signature: RegExp
}

/** How many bytes of a file {@link identifyFormat} needs. */
export const SIGNATURE_BYTES = 12

/** Every format that sources are read in. */
export const SOURCE_FORMATS: readonly SourceFormat[] = [
  { title: 'JPEG', signature: /^ffd8ff/ },
  { title: 'PNG', signature: /^89504e470d0a1a0a/ },
  { title: 'WebP', signature: /^52494646.{8}57454250/ },
  { title: 'GIF', signature: /^474946383[79]61/ },
  // Byte order, then 42, or 43 for a BigTIFF.
  { title: 'TIFF', signature: /^(?:49492[ab]00|4d4d002[ab])/ },
]

/**
 * Tells the format of a file by its content. Names and media types are not asked, since both are whatever someone
 * wrote into a request.
 *
 * @param start - the first {@link SIGNATURE_BYTES} bytes of the file, or all of it when it is shorter
 * @returns undefined when the bytes are no image of a known format
 */
export function identifyFormat(start: Buffer): SourceFormat | undefined {
  const hex = start.toString('hex')
  return SOURCE_FORMATS.find(({ signature }) => signature.test(hex))
}
