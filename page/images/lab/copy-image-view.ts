import type { TemplateResult } from 'lit'
import { RequestError } from '../../../src/image-serving/request-error.ts'
import { snippetsView } from '../../views/copy-as.ts'
import type { CopiedImage } from './copied-image.ts'
import { copyCommand } from './copy-command.ts'
import { copyFormats, copyRatios, copyUrl, copyWidths } from './copy-html.ts'
import { copyInstruction } from './copy-instruction.ts'
import { copyPreset, LONGEST_PRESET } from './copy-preset.ts'
import { labWords } from './lab-words.ts'

const words = labWords.copy

/** Copies the picture as what other people's pages and programs take. */
export function copyImageView(image: CopiedImage): TemplateResult {
  const preset = textOf(() => copyPreset(image))
  const long =
    preset.length > LONGEST_PRESET ? words.preset.long(preset.length, LONGEST_PRESET) : ''
  return snippetsView([
    { ...words.url, text: copyUrl(image) },
    { ...words.widths, text: copyWidths(image) },
    { ...words.ratios, text: copyRatios(image) },
    { ...words.formats, text: copyFormats(image) },
    { ...words.preset, about: `${words.preset.about}${long}`, text: preset },
    { ...words.command, text: textOf(() => copyCommand(image)) },
    {
      ...words.instruction,
      text: textOf(() => copyInstruction(image) ?? words.instruction.none),
    },
  ])
}

/** A preset that is not there is told of in place of what it would be in. */
function textOf(copy: () => string): string {
  try {
    return copy()
  } catch (error) {
    if (error instanceof RequestError) return error.message
    throw error
  }
}
