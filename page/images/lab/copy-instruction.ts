import type { PictureFormat } from '../../../src/contract/actions.ts'
import type { ServedFormatName } from '../../../src/image-serving/served-formats.ts'
import { type CopiedImage, formatOf, withoutPresets } from './copied-image.ts'

/** What `fmt` of a rendition calls the formats that both know. */
const FORMATS: Readonly<Partial<Record<ServedFormatName, PictureFormat>>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  tif: 'tif',
  gif: 'gif',
  avif: 'avif',
}

/**
 * The picture as a rendition of Asset Compute: the `worker` action follows the commands in its instruction `is`. It has no presets, so that they
 * are put in.
 *
 * @returns undefined for a format that no rendition has
 * @throws {RequestError} when a preset is not there
 */
export function copyInstruction(image: CopiedImage): string | undefined {
  const commands = withoutPresets(image)
  const { format } = formatOf(commands)
  const fmt = FORMATS[format]
  if (fmt === undefined) return undefined
  const name = image.file.replace(/^.*\//, '').replace(/\.\w+$/, '')
  return JSON.stringify({ name: `${name}-view.${fmt}`, fmt, is: commands }, undefined, 2)
}
