import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { readPart } from '../../sources/open-file.ts'
import type { Content } from '../../sources/signatures.ts'
import { findBitmap } from './conversion/bitmap/open-bitmap.ts'
import { findLargestIcon } from './conversion/bitmap/open-icon.ts'
import { IncompleteFile, type SourceBytes, withSourceBytes } from './conversion/magick-source.ts'
import { writeParts } from './mending/mended-file.ts'
import type { PlacedPicture } from './placed-picture.ts'

/** A file of another kind within one, and where it is. */
interface Contained {
  readonly content: 'jpeg' | 'png'
  readonly start: number
  readonly end: number
}

const FINDERS: Partial<Readonly<Record<Content, (file: SourceBytes) => Contained | undefined>>> = {
  bmp(file) {
    const { header, pixels } = findBitmap(file)
    const { packing } = header
    return packing === 'jpeg' || packing === 'png' ? { content: packing, ...pixels } : undefined
  },
  ico(file) {
    const { isPng, ...place } = findLargestIcon(file)
    return isPng ? { content: 'png', ...place } : undefined
  },
}

/**
 * Takes out the JPEG or the PNG that a bitmap or an icon has in place of pixels of its own.
 *
 * @param folder - where it is written; it is made when it is needed
 * @returns undefined when there is none
 */
export async function takeContained(
  { path: original, content }: Pick<PlacedPicture, 'path' | 'content'>,
  folder: string,
): Promise<PlacedPicture | undefined> {
  const find = content && FINDERS[content]
  const found = find && findSoundly(original, find)
  if (found === undefined) return undefined
  await mkdir(folder, { recursive: true })
  const taken = path.join(folder, `contained.${found.content}`)
  await writeParts(taken, chunksOf(original, found))
  return { path: taken, content: found.content, index: 0 }
}

/** What a damaged file has is told by whoever reads its pixels. */
function findSoundly(
  original: string,
  find: (file: SourceBytes) => Contained | undefined,
): Contained | undefined {
  try {
    return withSourceBytes(original, find)
  } catch (error) {
    if (error instanceof IncompleteFile) return undefined
    throw error
  }
}

/** As many bytes of a file are copied at a time. */
const CHUNK_BYTES = 1024 ** 2

function* chunksOf(original: string, { start, end }: Contained): Generator<Buffer> {
  for (let at = start; at < end; at += CHUNK_BYTES)
    yield readPart(original, at, Math.min(CHUNK_BYTES, end - at))
}
