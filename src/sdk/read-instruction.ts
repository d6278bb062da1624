import * as z from 'zod/mini'
import { check } from '../base/validation.ts'
import {
  findInstruction,
  type Instruction,
  type Instructions,
} from '../contract/instructions/instruction.ts'
import { RenditionError } from './rendition-error.ts'

/**
 * Reads one instruction of a rendition.
 *
 * @returns undefined when the rendition does not have it
 * @throws {@link RenditionError} naming the bad field, its value and what was expected
 */
export function readInstruction<Value>(
  name: string,
  instruction: Instruction<Value>,
  instructions: Instructions,
): Value | undefined {
  const { field, value } = findInstruction(name, instruction, instructions)
  const { schema, required, reason = 'GenericError' } = instruction
  if (value === undefined && !required) return undefined
  const checked = check(z.object({ [field]: schema }), { [field]: value })
  if (!checked.ok) throw new RenditionError(reason, checked.message)
  return checked.value[field]
}
