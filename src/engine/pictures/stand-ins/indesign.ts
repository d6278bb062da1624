import { writeFileSync } from 'node:fs'
import { withOpenFile } from '../../../sources/open-file.ts'
import type { StandInRequest } from './stand-in.ts'
import { findXmpThumbnail } from './xmp-thumbnails.ts'

/** Takes the picture of the first page that InDesign writes into the XMP of a document when it saves previews. */
export function writeInDesignPreview({ path, standInPath }: StandInRequest): boolean {
  const jpeg = withOpenFile(path, findXmpThumbnail)
  if (jpeg === undefined) return false
  writeFileSync(standInPath, jpeg)
  return true
}
