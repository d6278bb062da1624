/** What a picture may say of itself in its file, as it is written into any format. */
export interface KeptMetadata {
  /** Exif data: a TIFF file without a picture, its numbers with the lowest byte first. */
  readonly exif?: Buffer | undefined
  /** An XMP packet, in UTF-8. */
  readonly xmp?: Buffer | undefined
  /** Datasets of the IPTC (IIM 4, chapter 1). */
  readonly iptc?: Buffer | undefined
  /** The ICC profile that the pixels go by; undefined when they are sRGB. */
  readonly profile?: Buffer | undefined
}

/** As much of anything is kept, in bytes: more than any camera or editor writes. */
export const MOST_KEPT_BYTES = 4 * 1024 ** 2

/** As long may Exif data be that go into a JPEG, which others get as well. */
export const MOST_EXIF_BYTES = 65_000
