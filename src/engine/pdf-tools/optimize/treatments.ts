import { type PictureTreatment, PROFILES, type Profile } from './profiles.ts'

/** What is tried within a number of bytes, beside what profiles mean: from the worst that one can still read. */
const COARSER: readonly PictureTreatment[] = [
  { dotsPerInch: 50, quality: 10 },
  { dotsPerInch: 60, quality: 20 },
  { dotsPerInch: 72, quality: 25 },
  { dotsPerInch: 72, quality: 40 },
  { dotsPerInch: 96, quality: 45 },
]
const BETWEEN_WEB_AND_PRINT: readonly PictureTreatment[] = [
  { dotsPerInch: 150, quality: 80 },
  { dotsPerInch: 200, quality: 75 },
  { dotsPerInch: 200, quality: 85 },
]

/** Every treatment that a PDF may get to fit into a number of bytes, each better than the one before. */
const TREATMENTS: readonly PictureTreatment[] = [
  ...COARSER,
  PROFILES.max,
  { dotsPerInch: 110, quality: 65 },
  PROFILES.web,
  ...BETWEEN_WEB_AND_PRINT,
  PROFILES.print,
  { dotsPerInch: undefined, quality: 80 },
  PROFILES.archive,
]

/** How much worse than a photo paper may be. */
const PAPER_BELOW = 25

/**
 * What is to be done to the pictures of a PDF: one treatment, or where it has to fit into a number of bytes all that may be
 * tried, each better than the one before.
 *
 * @param options.quality - in place of that of a treatment
 */
export function treatmentsFor({
  profile,
  quality,
  targetSize,
}: {
  readonly profile: Profile
  readonly quality: number | undefined
  readonly targetSize: number | undefined
}): readonly PictureTreatment[] {
  if (targetSize === undefined) {
    const { [profile]: treatment } = PROFILES
    return [{ ...treatment, quality: quality ?? treatment.quality, paperQuality: quality }]
  }
  const isOfScans = profile === 'mrc'
  return TREATMENTS.map((each) => ({
    ...each,
    isOfScans,
    paperQuality: Math.max(1, each.quality - PAPER_BELOW),
  }))
}
