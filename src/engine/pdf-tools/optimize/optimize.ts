import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createThread } from '../../../tasks/thread.ts'
import { FAIL_ON } from '../../pictures/decode-view.ts'
import { sharp } from '../../pictures/libvips.ts'
import type { NewPicture, work } from './optimize-thread.ts'
import type { PdfPicture } from './pictures-of-pdf.ts'
import { type PictureTreatment, PROFILES, type Profile } from './profiles.ts'

/** Several times what a PDF of 10,000 pages takes. */
const LONGEST_TASK_MS = 120_000

/** As much memory as the thread may keep for the next document, in bytes. */
const MOST_HELD_BYTES = 256_000_000

const { run } = createThread<typeof work>({
  module: new URL('./optimize-thread.ts', import.meta.url),
  longestMs: LONGEST_TASK_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/** Less than this is not worth a loss, as a part of what it was. */
const LEAST_GAIN = 0.97

/** What is compressed without loss becomes a JPEG only where that is much smaller, lest a drawing becomes blurred for nothing. */
const LEAST_GAIN_OF_LOSSLESS = 0.5

/** What is nearly fine enough stays as it is. */
const NEARLY = 0.9

/**
 * Makes the pictures of a PDF smaller, writes equal objects once, and leaves out what nobody sees.
 *
 * @param path - of a file that is not encrypted
 * @param options.quality - in place of that of the profile
 * @returns the path of a file in the folder, which may be larger all the same; undefined when it cannot be done
 */
export async function optimizePdf(
  path: string,
  options: {
    readonly profile: Profile
    readonly quality: number | undefined
    readonly folder: string
    readonly signal: AbortSignal
  },
): Promise<string | undefined> {
  const { profile, folder, signal } = options
  const listed = await run({ task: 'list', path, picturesPath: join(folder, 'picture') }, signal)
  if (listed?.outcome !== 'listed') return undefined
  const { dotsPerInch, quality } = PROFILES[profile]
  const treatment = { dotsPerInch, quality: options.quality ?? quality }
  const pictures: NewPicture[] = []
  for (const picture of listed.pictures) {
    signal.throwIfAborted()
    const made = await compress(picture, treatment)
    if (made !== undefined) pictures.push(made)
  }
  const writtenPath = join(folder, 'optimized.pdf')
  const replaced = await run({ task: 'replace', path, pictures, writtenPath }, signal)
  return replaced?.outcome === 'replaced' ? writtenPath : undefined
}

/** @returns undefined when it stays as it is */
async function compress(
  { object, generation, path, width, height, channels, bytes, isJpeg, drawn }: PdfPicture,
  { dotsPerInch, quality }: PictureTreatment,
): Promise<NewPicture | undefined> {
  // Nothing that has lost nothing yet is to lose something where a copy is to last.
  if (!isJpeg && dotsPerInch === undefined) return undefined
  const size = { width, height }
  if (dotsPerInch !== undefined && drawn !== undefined) {
    const wanted = [drawn.width / width, drawn.height / height].map(
      (points) => (points * dotsPerInch) / 72,
    )
    const scale = Math.max(...wanted)
    if (scale > 0 && scale < NEARLY) {
      size.width = Math.max(1, Math.round(width * scale))
      size.height = Math.max(1, Math.round(height * scale))
    }
  }
  try {
    // What a profile in the file says of its colours counts for nothing in a PDF.
    const open = { ignoreIcc: true, failOn: FAIL_ON, limitInputPixels: false } as const
    const raw = { width, height, channels }
    const image = isJpeg ? sharp(path, open) : sharp(await readFile(path), { ...open, raw })
    if (isJpeg) {
      const told = await image.metadata()
      if (told.channels !== channels || told.width !== width || told.height !== height)
        return undefined
    }
    const jpeg = await image
      .resize({ ...size, fit: 'fill' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .jpeg({ quality, mozjpeg: true })
      .toBuffer()
    const least = isJpeg ? LEAST_GAIN : LEAST_GAIN_OF_LOSSLESS
    if (jpeg.length > bytes * least) return undefined
    const newPath = `${path}.jpg`
    await writeFile(newPath, jpeg)
    return { object, generation, path: newPath, ...size }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    // A damaged picture stays as it is.
    return undefined
  }
}
