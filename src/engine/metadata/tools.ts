import { join } from 'node:path'
import type { LoadedPerl } from './exiftool/load.ts'

/** What a job is done with. */
export interface Tools {
  readonly perl: LoadedPerl
  /** An empty folder of its own, on the disk that the result goes to. */
  readonly folder: string
}

/** What is told of a job that has been done. */
export interface Done {
  /** The media type of the source. */
  readonly mediaType: string
  /** What could not be read of it, or does not hold any more, a sentence each. */
  readonly remarks?: readonly string[]
}

/** The name of the file that comes of a job, in its folder. */
export const RESULT = 'result'

/** The file that comes of a job. */
export function resultIn(folder: string): string {
  return join(folder, RESULT)
}
