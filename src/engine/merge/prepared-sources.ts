import type { Job } from '../operation.ts'

/** What pages are made with. */
export interface PreparedSources extends Pick<Job<unknown>, 'fetch' | 'signal' | 'progress'> {
  /** A folder for files of one's own. */
  readonly folder: string
  /** The most pixels that a picture may have. */
  readonly maxPixels: number
}
