import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { corruptSource } from '../../../base/operation-error.ts'
import {
  type ReadableFile,
  type ReadBytes,
  readPart,
  withOpenFile,
} from '../../../sources/open-file.ts'
import type { Content } from '../../../sources/signatures.ts'
import { FAIL_ON, sharp } from '../libvips.ts'
import { readPngColours } from '../meaning/png-colours.ts'
import { type PlacedPicture, withPicture } from '../placed-picture.ts'
import { type AnimationFrame, findFirstFrame } from './animated-png.ts'
import { type GifMending, mendGif } from './gif.ts'
import { mendJpeg } from './jpeg.ts'
import { writeParts, writePatched } from './mended-file.ts'
import { type PngProfile, profilePng } from './png-profile.ts'
import { isForTelephones, requireSoundHeader, unpackForTelephones } from './png.ts'
import { mendTiff } from './tiff.ts'

/** A file that libvips reads, and which of its pictures. */
export interface MendedPicture {
  readonly path: string
  readonly index: number
}

/** As many bytes of a file are copied at a time. */
const CHUNK_BYTES = 1024 ** 2

/**
 * Makes a file that libvips reads of one that others read and it does not, or not as it is meant.
 *
 * @param folder - where the file may be written; it is made when it is needed
 * @returns the file itself when there is nothing to mend
 * @throws {@link OperationError} source_feature_unsupported when it has what cannot be read here, source_corrupt when what is to
 *   be mended is damaged
 */
export async function mendPicture(picture: PlacedPicture, folder: string): Promise<MendedPicture> {
  const { path: original, content, index } = picture
  const write = withPicture(picture, (file) => content && MENDERS[content]?.(file, picture))
  if (write === undefined) return { path: original, index }
  await mkdir(folder, { recursive: true })
  const mended = await write(path.join(folder, `mended-${content}`))
  return mended ?? { path: original, index }
}

/** Writes what is mended; undefined when the file is damaged as well, of which its reader will say more. */
type Write = (mendedPath: string) => Promise<MendedPicture | undefined>

/** What tells whether a file of a format has to be mended, while it is open, and how. */
const MENDERS: Partial<
  Readonly<Record<Content, (file: ReadableFile, picture: PlacedPicture) => Write | undefined>>
> = {
  jpeg(file, picture) {
    const mending = mendJpeg(file)
    return (
      mending &&
      (async (mendedPath) => {
        await writePatched(picture.path, mendedPath, mending.patches)
        if (mending.mayBeCut && !(await isComplete(mendedPath, file))) return undefined
        return { path: mendedPath, index: 0 }
      })
    )
  },
  gif(file, picture) {
    const mending = mendGif(file)
    const { size } = file
    return (
      mending &&
      (async (mendedPath) => {
        const { at, inserted, goesOnAt } = mending
        await writeParts(mendedPath, insertInto(picture.path, { at, inserted, goesOnAt, size }))
        return { path: mendedPath, index: picture.index }
      })
    )
  },
  png({ read, size }, picture) {
    requireSoundHeader(read)
    const frame = findFirstFrame(read)
    if (frame !== undefined) return async (mendedPath) => writeFrame(frame, mendedPath)
    if (!isForTelephones(read)) return addProfile(read, picture.path, size)
    return async (mendedPath) => {
      const parts = withOpenFile(picture.path, (file) => unpackForTelephones(file.read))
      await writeParts(mendedPath, parts)
      return { path: mendedPath, index: 0 }
    }
  },
  tiff(file, { path: original, index, page }) {
    const mending = page && mendTiff(original, file, page)
    return (
      mending &&
      (async (mendedPath) => {
        if (mending.kind === 'jpeg') {
          await writeParts(mendedPath, chunksOf(original, mending.start, mending.end))
          return { path: mendedPath, index: 0 }
        }
        await writePatched(original, mendedPath, mending.patches)
        return { path: mendedPath, index: mending.isFirst ? 0 : index }
      })
    )
  },
}

function addProfile(read: ReadBytes, original: string, size: number): Write | undefined {
  const space = readPngColours(read)
  const profile = space && profilePng(read, space)
  return (
    profile &&
    (async (mendedPath) => {
      await writeParts(mendedPath, behind(profile, original, size))
      return { path: mendedPath, index: 0 }
    })
  )
}

function* behind(
  { head, goesOnAt }: PngProfile,
  original: string,
  size: number,
): Generator<Buffer> {
  yield head
  yield* chunksOf(original, goesOnAt, size)
}

/**
 * Writes a picture of an animation, with what is clear around it.
 *
 * @throws {@link OperationError} source_corrupt when it is damaged
 */
async function writeFrame(
  { parts, margins }: AnimationFrame,
  mendedPath: string,
): Promise<MendedPicture> {
  await writeParts(mendedPath, parts)
  if (Object.values(margins).every((margin) => margin === 0)) return { path: mendedPath, index: 0 }
  const wholePath = `${mendedPath}-whole`
  try {
    await sharp(mendedPath, { failOn: FAIL_ON, limitInputPixels: false })
      .extend({ ...margins, background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .keepIccProfile()
      .png({ compressionLevel: 1 })
      .toFile(wholePath)
  } catch (error) {
    throw corruptSource('PNG', { cause: error })
  }
  return { path: wholePath, index: 0 }
}

function* insertInto(
  original: string,
  { at, inserted, goesOnAt, size }: GifMending & { readonly size: number },
): Generator<Buffer> {
  yield* chunksOf(original, 0, at)
  yield inserted
  yield* chunksOf(original, goesOnAt, size)
}

function* chunksOf(original: string, start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end; at += CHUNK_BYTES) {
    yield readPart(original, at, Math.min(CHUNK_BYTES, end - at))
  }
}

/** More rows than a JPEG codes together, of which the last may be those that are missing. */
const LAST_ROWS = 64

/** What no picture needs behind its last row. */
const NEEDLESS = Buffer.alloc(64, 0x55)

const JPEG_END = Buffer.from([0xff, 0xd9])

/**
 * Whether all of a JPEG is there. A decoder makes up the rest of one that ends too soon, of which it mostly warns; and what it
 * makes up depends on what is there in its place.
 */
async function isComplete(mendedPath: string, { size }: ReadableFile): Promise<boolean> {
  const continuedPath = `${mendedPath}-continued`
  try {
    await writePatched(mendedPath, continuedPath, [
      { at: size, bytes: Buffer.concat([NEEDLESS, JPEG_END]) },
    ])
    const last = await lastRows(mendedPath, 'warning')
    return last.equals(await lastRows(continuedPath, 'none'))
  } catch {
    return false
  } finally {
    await rm(continuedPath, { force: true })
  }
}

async function lastRows(file: string, failOn: 'warning' | 'none'): Promise<Buffer> {
  const image = sharp(file, { failOn, limitInputPixels: false })
  const { width, height } = await image.metadata()
  const top = Math.max(0, height - LAST_ROWS)
  return image
    .extract({ left: 0, top, width, height: height - top })
    .raw()
    .toBuffer()
}
