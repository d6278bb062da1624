import { splitTexts } from '../../../src/image-serving/syntax/split-commands.ts'
import { type CopiedImage, withoutPresets } from './copied-image.ts'

/** The most letters that the commands of a preset may have (Adobe's page about image presets). */
export const LONGEST_PRESET = 512

/**
 * The commands as an image preset of AEM or Dynamic Media Classic has them, which is their text behind the `?`: presets that they name
 * are put in, since one preset does not name another there, and what asks for something else than a picture is left out.
 *
 * @throws {RequestError} when a preset is not there
 */
export function copyPreset(image: Pick<CopiedImage, 'query' | 'presets'>): string {
  return splitTexts(withoutPresets(image))
    .filter((text) => text !== '' && !/^req=/i.test(text))
    .join('&')
}
