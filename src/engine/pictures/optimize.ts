import { readFile, stat, writeFile } from 'node:fs/promises'
import { corruptSource } from '../../base/operation-error.ts'
import { isDecodable } from './decode-view.ts'
import { isAnimatedPng, toBareFile } from './headers/bare-file.ts'
import type { PictureOptions } from './options.ts'
import type { Source } from './source.ts'

/** A source in a file that is optimised in its own format, and nothing else. */
export type Original = Source & { readonly input: string }

/** What is lossy has to be at least a twentieth smaller, or it would lose something for nothing. */
const WORTHWHILE = 0.95

/**
 * Writes the smaller of the source and what it is encoded as; so it is never larger than the source. The source may come
 * without its metadata, and a JPEG that shall lose nothing always is the source.
 *
 * @param encode - writes the encoded file
 * @returns which of both it is
 * @throws {@link OperationError} for a damaged source
 */
export async function writeOptimized(
  original: Original,
  path: string,
  {
    optimize,
    strip = false,
    keepMetadata = false,
  }: Pick<PictureOptions, 'strip' | 'keepMetadata'> & PictureOptions['encoder'],
  encode: () => Promise<void>,
): Promise<'encoded' | 'bare'> {
  const file = await readFile(original.input)
  const png = original.format.title === 'PNG'
  const isKnown = png || original.format.title === 'JPEG'
  // How it is held is said by the metadata where there are some.
  const told = keepMetadata ? { ...original, orientation: 1 as const } : original
  const bare = isKnown ? toBareFile(file, told) : undefined
  const whole = strip || keepMetadata ? bare : file
  // libvips chooses the colours of a GIF anew.
  const kept = original.format.title === 'GIF' ? file : bare
  const untouchable = png ? isAnimatedPng(file) : optimize === 'lossless'
  if (untouchable && kept !== undefined) {
    if (!(await isDecodable(original))) throw corruptSource(original.format.title)
    await writeFile(path, kept)
    return 'bare'
  }
  await encode()
  if (whole === undefined) return 'encoded'
  const { size } = await stat(path)
  if (size < whole.length * (png ? 1 : WORTHWHILE)) return 'encoded'
  await writeFile(path, whole)
  return 'bare'
}
