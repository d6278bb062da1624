import type { WorkerParams } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { check } from '../base/validation.ts'
import {
  findInstruction,
  type Instruction,
  type Instructions,
} from '../contract/instructions/instruction.ts'
import { SOURCE_INSTRUCTIONS } from '../contract/instructions/source-instructions.ts'
import { unpackText, wholeNumber } from '../contract/text-values.ts'
import type { SourceSelection } from '../engine/pictures/options.ts'
import { MAX_SOURCE_PIXELS } from '../engine/pictures/source.ts'
import { MAX_SOURCE_BYTES } from '../fetching/save-file.ts'
import { RenditionError } from './rendition-error.ts'

/**
 * Reads a worker's own parameters from the instructions of a rendition. AEM's processing profiles send all of them as
 * texts, so a field left empty counts as absent, and a text that holds JSON is what it says; the schemas of
 * src/contract/text-values.ts take numbers and truth values as texts.
 *
 * @param schema - an object of the parameters; the message of each completes the sentence "… must be …"
 * @throws {@link RenditionError} GenericError naming the first bad parameter, its value and what was expected
 */
export function readParameters<T>(
  schema: z.ZodMiniType<T>,
  instructions: Readonly<Record<string, unknown>>,
): T {
  const given = Object.fromEntries(
    Object.entries(instructions).map(([name, value]) => [name, unpackText(value)]),
  )
  const checked = check(schema, given)
  if (!checked.ok) throw new RenditionError('GenericError', checked.message)
  return checked.value
}

const inputsSchema = z.object({
  MAX_SOURCE_PIXELS: z._default(
    wholeNumber({ min: 1, expected: 'a whole number of pixels, 1 or more' }),
    MAX_SOURCE_PIXELS,
  ),
})

/**
 * The most pixels that a source or a rendition may have: the action's input `MAX_SOURCE_PIXELS` in manifest.yml, which
 * comes from the `.env` of whoever deploys it.
 *
 * @throws {@link RenditionError} when that is no number of pixels
 */
export function readMaxPixels({ MAX_SOURCE_PIXELS: given }: WorkerParams): number {
  return readParameters(inputsSchema, { MAX_SOURCE_PIXELS: given }).MAX_SOURCE_PIXELS
}

const bytesSchema = z.object({
  MAX_SOURCE_BYTES: z._default(
    wholeNumber({ min: 1, expected: 'a whole number of bytes, 1 or more' }),
    MAX_SOURCE_BYTES,
  ),
})

/**
 * The most bytes that a source may have: the action's input `MAX_SOURCE_BYTES` in manifest.yml.
 *
 * @throws {@link RenditionError} when that is no number of bytes
 */
export function readMaxBytes({ MAX_SOURCE_BYTES: given }: WorkerParams): number {
  return readParameters(bytesSchema, { MAX_SOURCE_BYTES: given }).MAX_SOURCE_BYTES
}

const PROGRAM = 'the absolute path of a program'

const programsSchema = z.object({
  DARKROOM_SOFFICE: z._default(z.string({ error: PROGRAM }), ''),
  DARKROOM_BWRAP: z._default(z.string({ error: PROGRAM }), ''),
})

/**
 * The programs of the machine that office files are converted with: the action's inputs of the names of their variables,
 * empty where a program is missing.
 *
 * @throws {@link RenditionError} when one is no text
 */
export function readOfficePrograms(params: WorkerParams): { soffice: string; bwrap: string } {
  const { DARKROOM_SOFFICE, DARKROOM_BWRAP } = params
  const read = readParameters(programsSchema, { DARKROOM_SOFFICE, DARKROOM_BWRAP })
  return { soffice: read.DARKROOM_SOFFICE, bwrap: read.DARKROOM_BWRAP }
}

const postScriptSchema = z.object({
  DARKROOM_GS: z._default(z.string({ error: PROGRAM }), ''),
  DARKROOM_BWRAP: z._default(z.string({ error: PROGRAM }), ''),
})

/**
 * The programs of the machine that PostScript is drawn with, as {@link readOfficePrograms} has others.
 *
 * @throws {@link RenditionError} when one is no text
 */
export function readPostScriptPrograms(params: WorkerParams): { gs: string; bwrap: string } {
  const { DARKROOM_GS, DARKROOM_BWRAP } = params
  const read = readParameters(postScriptSchema, { DARKROOM_GS, DARKROOM_BWRAP })
  return { gs: read.DARKROOM_GS, bwrap: read.DARKROOM_BWRAP }
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
  const { field, value } = findInstruction(name, instruction, instructions)
  const { schema, required, reason = 'GenericError' } = instruction
  if (value === undefined && !required) return undefined
  const { success, data } = z.safeParse(schema, value)
  if (success) return data
  // Made only now, to have the sentence begin with the field: a schema takes longer to make than to be checked by.
  const checked = check(z.object({ [field]: schema }), { [field]: value })
  if (!checked.ok) throw new RenditionError(reason, checked.message)
  return checked.value[field]
}

/**
 * Reads `page` and `password` from the instructions of a rendition.
 *
 * @throws {@link RenditionError} naming what is wrong with which; never the password
 */
export function readSelection(instructions: Instructions): SourceSelection {
  const { page, password } = SOURCE_INSTRUCTIONS
  return {
    page: readInstruction('page', page, instructions) ?? page.default,
    password: readInstruction('password', password, instructions),
  }
}
