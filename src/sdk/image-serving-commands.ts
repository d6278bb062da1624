import { IMAGE_SERVING_INSTRUCTIONS } from '../contract/instructions/image-serving-instruction.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { PICTURE_INSTRUCTIONS } from '../contract/instructions/picture-instructions.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'

/**
 * The commands that a rendition is to be made by.
 *
 * @returns undefined when it has none
 * @throws {@link RenditionError} GenericError when they are no text, or there are other instructions for pictures
 */
export function readCommands(instructions: Instructions): string | undefined {
  const commands = readInstruction('is', IMAGE_SERVING_INSTRUCTIONS.is, instructions)
  if (commands === undefined) return undefined
  const other = Object.keys(PICTURE_INSTRUCTIONS).find(
    (name) => name !== 'fmt' && instructions[name] !== undefined && instructions[name] !== '',
  )
  if (other !== undefined) {
    throw new RenditionError(
      'GenericError',
      `${other} cannot be given when is has commands of Image Serving, which say all of the picture.`,
    )
  }
  return commands
}
