import { copyFile, stat } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { makeBestThatFits } from '../best-that-fits.ts'
import type { Original } from './optimize.ts'
import type { EncoderSettings } from './options.ts'
import { requireReadable } from './unread-pictures.ts'

/** With what a picture of each level is encoded, beside what is asked for; the last one is the best. */
export type Levels = readonly EncoderSettings[]

/** Palettes of a power of two of colours, and one without. */
const PALETTES = 8

/**
 * Writes a picture as good as it can be within so many bytes: the source as it is when that fits, else with the highest
 * quality, or with the most colours, that does.
 *
 * @param write - encodes a picture into the file
 * @throws {@link OperationError} size_unreachable, or frames_unread for an animation that cannot be encoded anew
 */
export async function writeWithin(
  image: Sharp,
  path: string,
  {
    levels,
    encoder,
    bytes,
    original,
  }: {
    readonly levels: Levels
    readonly encoder: EncoderSettings
    readonly bytes: number
    readonly original: Original | undefined
  },
  write: (image: Sharp, encoder: EncoderSettings) => Promise<void>,
): Promise<void> {
  if (original !== undefined && (await stat(original.input)).size <= bytes) {
    await copyFile(original.input, path)
    return
  }
  if (original !== undefined) requireReadable(original)
  await makeBestThatFits(bytes, levels.length, async (level) => {
    // Quality is what is looked for; to lose nothing would not be less.
    const lossy = encoder.optimize === 'lossless' ? { optimize: 'web' as const } : {}
    await write(image.clone(), { ...encoder, ...lossy, ...levels[level] })
    const { size } = await stat(path)
    return size
  })
}

/** From 1 to 100. */
export function qualities(): Levels {
  return Array.from({ length: 100 }, (_, level) => ({ quality: level + 1 }))
}

/** Of ever more colours, and at last all of them. */
export function palettes(): Levels {
  const colours = Array.from({ length: PALETTES }, (_, level) => ({ colours: 2 ** (level + 1) }))
  return [...colours, {}]
}
