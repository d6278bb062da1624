import { type Instructions, readInstruction } from '../../contract/instructions/instruction.ts'
import { SOURCE_INSTRUCTIONS } from '../../contract/instructions/source-instructions.ts'

/** Which part of its source a rendition shows, when the source has several, and what opens it. */
export interface SourceSelection {
  /** Counted from 1. */
  readonly page: number
  readonly password: string | undefined
}

/**
 * Reads `page` and `password` from the instructions of a rendition.
 *
 * @throws {@link RenditionError} GenericError naming what is wrong with which; never the password
 */
export function readSelection(instructions: Instructions): SourceSelection {
  const { page, password } = SOURCE_INSTRUCTIONS
  return {
    page: readInstruction('page', page, instructions) ?? page.default,
    password: readInstruction('password', password, instructions),
  }
}
