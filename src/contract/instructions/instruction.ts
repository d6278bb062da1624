import * as z from 'zod/mini'
import { type Reason, RenditionError } from '../../base/errors.ts'
import { check, findProblems, type Problem } from '../../base/validation.ts'
import type { RenditionFormat } from '../formats.ts'
import { unpackText } from '../text-values.ts'

/** The instructions of one rendition as they came: checked by nobody, and with fields that are not ours to know. */
export type Instructions = Readonly<Record<string, unknown>>

/** One instruction of our own workers: what it may be, and what is told about it. */
export interface Instruction<Value = unknown> {
  /**
   * The message of its error completes the sentence "… must be …". What comes out of it is as people write it, so that
   * the JSON Schema of the one is that of the other.
   */
  readonly schema: z.ZodMiniType<Value>
  /** One sentence for whoever is about to write it. */
  readonly description: string
  /** The formats that it makes a difference to; all of them when it is left out. */
  readonly formats?: readonly RenditionFormat[]
  /** What a rendition gets that does not have it, where that is one value. */
  readonly default?: Value
  /** The short name that it has in AEM's processing profiles, for who does not give the long one. */
  readonly alias?: string
  /** Whether a rendition without it fails. */
  readonly required?: true
  /** Whether a text is taken as it is, blanks and braces included. */
  readonly verbatim?: true
  /** With what a rendition fails whose value does not match the schema. */
  readonly reason?: Reason
}

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
  const { field, value } = find(name, instruction, instructions)
  const { schema, required, reason = 'GenericError' } = instruction
  if (value === undefined && !required) return undefined
  const checked = check(z.object({ [field]: schema }), { [field]: value })
  if (!checked.ok) throw new RenditionError(reason, checked.message)
  return checked.value[field]
}

/** What is wrong with one instruction of a rendition, in the words of {@link readInstruction}. */
export function findInstructionProblems(
  name: string,
  instruction: Instruction,
  instructions: Instructions,
): readonly Problem[] {
  const { field, value } = find(name, instruction, instructions)
  if (value === undefined && !instruction.required) return []
  return findProblems(z.object({ [field]: instruction.schema }), { [field]: value })
}

/** What a rendition says of an instruction, under which of its names. */
function find(
  name: string,
  { alias, verbatim }: Instruction,
  instructions: Instructions,
): { field: string; value: unknown } {
  const given = [name, ...(alias === undefined ? [] : [alias])]
    .map((field) => ({ field, value: readValue(instructions[field], verbatim) }))
    .find(({ value }) => value !== undefined)
  return given ?? { field: name, value: undefined }
}

function readValue(value: unknown, verbatim = false): unknown {
  if (!verbatim) return unpackText(value)
  return value === '' || value === null ? undefined : value
}
