import * as z from 'zod/mini'
import type { Reason } from '../../base/errors.ts'
import { findProblems, type Problem } from '../../base/validation.ts'
import type { RenditionFormat } from '../actions.ts'
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
  /** What it makes of a picture: a step or a setting, in the words of whoever reads it (src/sdk/picture-outline.ts). */
  makes?(value: Value): object
}

/** What is wrong with one instruction of a rendition, in the words of the worker that reads it. */
export function findInstructionProblems(
  name: string,
  instruction: Instruction,
  instructions: Instructions,
): readonly Problem[] {
  const { field, value } = findInstruction(name, instruction, instructions)
  if (value === undefined && !instruction.required) return []
  return findProblems(z.object({ [field]: instruction.schema }), { [field]: value })
}

/** What a rendition says of an instruction, under which of its names; undefined when it does not have it. */
export function findInstruction(
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
