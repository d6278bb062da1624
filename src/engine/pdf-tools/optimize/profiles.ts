/** What is done to the pictures of a PDF. */
export interface PictureTreatment {
  /** Dots per inch of the page that they keep; all that they have when undefined. */
  readonly dotsPerInch: number | undefined
  /** Of JPEG, from 1 to 100. */
  readonly quality: number
  /** Whether scans of text become ink over paper, see {@link separateInk}. */
  readonly isOfScans?: boolean
  /** Of the JPEG of that paper, from 1 to 100; what is usual when undefined. */
  readonly paperQuality?: number | undefined
}

/** What a PDF is optimised for. */
export type Profile = 'web' | 'print' | 'archive' | 'mrc' | 'max'

/**
 * What profiles mean. Besides, all of them write equal objects once, take out of fonts the letters that nobody sees, leave out
 * what nothing refers to and what programs keep for themselves, and compress what is not.
 */
export const PROFILES: Readonly<Record<Profile, PictureTreatment>> = {
  // mozjpeg's 70 is nearer to the picture than Ghostscript's /ebook, of the same dots, and smaller.
  web: { dotsPerInch: 150, quality: 70 },
  print: { dotsPerInch: 300, quality: 85 },
  archive: { dotsPerInch: undefined, quality: 90 },
  // Of what is no scan of text.
  mrc: { dotsPerInch: 150, quality: 70, isOfScans: true },
  max: { dotsPerInch: 110, quality: 50 },
}
