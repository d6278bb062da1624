import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../../base/operation-error.ts'
import { identifyContent } from '../../sources/identify.ts'
import type { Job, Operation } from '../operation.ts'
import type { PagePicture } from '../pages/drawing/page-pictures.ts'
import type { LoadPicture } from '../pages/write-document-pages.ts'
import { FAIL_ON, sharp } from './libvips.ts'
import type { PictureOptions } from './options.ts'

/** As many pixels as a picture on a page has at a side: more than are seen of it. */
const MOST_SIDE = 2400

/** As it is, clear where it is. */
const AS_PNG: PictureOptions = {
  format: 'png',
  encoder: {},
  steps: [{ step: 'cap', width: MOST_SIDE, height: MOST_SIDE }],
  animated: false,
  page: 1,
}

/**
 * Makes what gets pictures of documents ready for their pages: JPEG files in grey or RGB stay as they are, all else that
 * pictures are made of becomes pixels.
 *
 * @param pictures - makes pictures of files
 */
export function createPictureLoader(
  job: Job<PictureOptions>,
  pictures: Operation<PictureOptions>,
): LoadPicture {
  let count = 0

  return async (file) => {
    const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
    const name = `page-picture${count}`
    count += 1
    const path = join(job.folder, name)
    try {
      const jpeg = (await identifyContent(bytes)) === 'jpeg' ? await asJpeg(bytes) : undefined
      if (jpeg !== undefined) return jpeg
      await writeFile(path, bytes)
      return await asPixels(path, job, pictures)
    } catch (error) {
      job.signal.throwIfAborted()
      // A picture that nobody can read is no reason for its document to have no pages.
      if (error instanceof OperationError) return undefined
      throw error
    } finally {
      await rm(path, { force: true })
    }
  }
}

/** @returns undefined when it is damaged, in other colours than readers of PDF show alike, or larger than it has to be */
async function asJpeg(file: Buffer): Promise<PagePicture | undefined> {
  try {
    const { width, height, channels } = await sharp(file, { failOn: FAIL_ON }).metadata()
    if ((channels !== 1 && channels !== 3) || Math.max(width, height) > 2 * MOST_SIDE) {
      return undefined
    }
    return { kind: 'jpeg', width, height, channels, file }
  } catch {
    return undefined
  }
}

async function asPixels(
  path: string,
  job: Job<PictureOptions>,
  pictures: Operation<PictureOptions>,
): Promise<PagePicture | undefined> {
  const [made] = pictures.run({
    ...job,
    sources: [{ path }],
    folder: job.folder,
    wanted: [AS_PNG],
    progress: () => undefined,
  })
  const [png] = (await made) ?? []
  if (png === undefined) return undefined
  try {
    const { data, info } = await sharp(png.path)
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { kind: 'pixels', width: info.width, height: info.height, pixels: data }
  } finally {
    await rm(png.path, { force: true })
  }
}
