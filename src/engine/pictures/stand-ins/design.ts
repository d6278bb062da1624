import { writeFileSync } from 'node:fs'
import { isZip, readWhole, withPackage } from '../../../packages/package.ts'
import { isShownPicture } from './shown-picture.ts'
import type { StandInFormat, StandInRequest } from './stand-in.ts'

/** More than any preview has, in bytes. */
const MOST_BYTES = 200_000_000

/** The parts that are a picture of all of a document, the largest first. */
const PARTS: Partial<Readonly<Record<StandInFormat, readonly string[]>>> = {
  // https://docs.krita.org/en/general_concepts/file_formats/file_kra.html
  kra: ['mergedimage.png', 'preview.png'],
  // https://www.openraster.org/baseline/file-layout-spec.html
  ora: ['mergedimage.png', 'Thumbnails/thumbnail.png'],
  xd: ['preview.png', 'thumbnail.png'],
  // https://developer.sketch.com/file-format/
  sketch: ['previews/preview.png'],
  fig: ['thumbnail.png'],
  procreate: ['QuickLook/Thumbnail.png'],
}

/** Takes the picture that a document carries which is a zip file. */
export async function writeDesignPicture({
  path,
  format,
  standInPath,
}: StandInRequest): Promise<boolean> {
  const names = PARTS[format] ?? []
  // One of the same program that is no zip file has none.
  if (!isZip(path)) return false
  return withPackage(path, async (parts) => {
    for (const name of names.filter((each) => parts.has(each))) {
      const picture = await readWhole(parts, name, MOST_BYTES)
      if (picture === undefined || !(await isShownPicture(picture))) continue
      writeFileSync(standInPath, picture)
      return true
    }
    return false
  })
}
