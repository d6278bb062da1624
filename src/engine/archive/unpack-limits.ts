import { OperationError } from '../../base/operation-error.ts'

/** More entries than this are not looked at. */
export const MOST_ENTRIES = 100_000

/** As much as the files of an archive may have in all, in bytes: a disk is not endless. */
export const MOST_UNPACKED_BYTES = 16_000_000_000

/** Logs and tables become a fiftieth of what they are. What becomes less is much of nothing, and usually meant to be. */
const MOST_RATIO = 250

/** What is less than this is no burden, whatever it was packed into, in bytes. */
const SMALL_BYTES = 256_000_000

/** As much as may come out of an archive of this size, both in bytes. */
export function mostUnpacked(archiveBytes: number): number {
  return Math.min(Math.max(SMALL_BYTES, archiveBytes * MOST_RATIO), MOST_UNPACKED_BYTES)
}

/** @throws {@link OperationError} when so many bytes are more than may come out of an archive */
export function requireHonest(bytes: number, archiveBytes: number): void {
  if (bytes <= mostUnpacked(archiveBytes)) return
  const of = 'that the files of an archive of its size may have'
  throw new OperationError('source_too_large', { megabytes: mostUnpacked(archiveBytes) / 1e6, of })
}

/** @throws {@link OperationError} when there are more entries than anybody looks at */
export function requireFew(entries: number): void {
  if (entries <= MOST_ENTRIES) return
  throw new OperationError('source_exceeds_limit', { most: MOST_ENTRIES, of: 'entries' })
}
