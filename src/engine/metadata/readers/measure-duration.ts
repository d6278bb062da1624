import { type OpenFile, withOpenFile } from '../../../sources/open-file.ts'
import type { SourceKind } from '../sources/kinds.ts'
import { measureMp3 } from './mp3-duration.ts'
import { measureOgg } from './ogg-duration.ts'

const MEASURES: Partial<
  Readonly<Record<SourceKind['id'], (file: OpenFile) => number | undefined>>
> = { mp3: measureMp3, ogg: measureOgg, opus: measureOgg }

/**
 * Measures how long a sound is, of formats of which ExifTool only guesses it.
 *
 * @returns seconds; undefined for other formats, and where the file does not tell
 */
export function measureDuration({ id }: SourceKind, path: string): number | undefined {
  const measure = MEASURES[id]
  return measure && withOpenFile(path, measure)
}
