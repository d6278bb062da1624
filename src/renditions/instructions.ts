import * as z from 'zod/mini'
import { type Reason, RenditionError } from '../contract/errors.ts'
import { check } from '../contract/validation.ts'
import type { Box } from './dimensions.ts'
import { type EncoderSettings, FORMAT_NAMES, FORMATS, type OutputFormat } from './formats.ts'

/** The instructions of one rendition as they came: checked by nobody, and with fields that are not ours to know. */
export type Instructions = Readonly<Record<string, unknown>>

/** What a rendition shall be like, as far as that is known without its source. */
export interface RenditionOutline {
  readonly format: OutputFormat
  readonly box: Box
  readonly encoder: EncoderSettings
}

/** The "Rendition-specific fields" of the Asset Compute API that this engine follows. */
type InstructionName = 'fmt' | 'width' | 'height' | 'quality'

const INSTRUCTIONS = {
  fmt: instruction({
    schema: z.pipe(
      z.transform((value) => (typeof value === 'string' ? value.toLowerCase() : value)),
      z.enum(FORMAT_NAMES, { error: `one of ${FORMAT_NAMES.join(', ')}` }),
    ),
    reason: 'RenditionFormatUnsupported',
    apply: (outline, name) => ({ ...outline, format: FORMATS[name] }),
  }),
  width: instruction({
    schema: z.optional(wholeNumber({ min: 1, expected: 'a whole number of pixels, 1 or more' })),
    apply: (outline, width) => ({ ...outline, box: { ...outline.box, width } }),
  }),
  height: instruction({
    schema: z.optional(wholeNumber({ min: 1, expected: 'a whole number of pixels, 1 or more' })),
    apply: (outline, height) => ({ ...outline, box: { ...outline.box, height } }),
  }),
  quality: instruction({
    schema: z.optional(wholeNumber({ min: 1, max: 100, expected: 'a whole number, 1 to 100' })),
    apply: (outline, quality) => ({ ...outline, encoder: { ...outline.encoder, quality } }),
  }),
} satisfies Record<InstructionName, ApplyInstruction>

// PNG only stands in here: fmt is not optional, so every outline that comes out has its own.
const BLANK: RenditionOutline = { format: FORMATS.png, box: {}, encoder: {} }

/**
 * Checks the instructions of one rendition and puts them together. Fields it does not know it leaves to whoever does.
 *
 * @throws {@link RenditionError} naming the first bad field, its value and what was expected
 */
export function readInstructions(instructions: Instructions): RenditionOutline {
  return Object.entries(INSTRUCTIONS).reduce<RenditionOutline>(
    (outline, [name, apply]) => apply(outline, name, instructions[name]),
    BLANK,
  )
}

/** Adds the value that a rendition gives for the instruction `name` to its outline. */
type ApplyInstruction = (
  outline: RenditionOutline,
  name: string,
  value: unknown,
) => RenditionOutline

interface Instruction<Value> {
  /** The message of its error completes the sentence "… must be …". */
  schema: z.ZodMiniType<Value | undefined>
  /** With what a rendition fails whose value does not match the schema. */
  reason?: Reason
  /** Sets what no other instruction sets, so that the order of the instructions cannot matter. */
  apply: (outline: RenditionOutline, value: Value) => RenditionOutline
}

function instruction<Value>({
  schema,
  reason = 'GenericError',
  apply,
}: Instruction<Value>): ApplyInstruction {
  const named = z.record(z.string(), schema)
  return (outline, name, value) => {
    const checked = check(named, { [name]: isBlank(value) ? undefined : value })
    if (!checked.ok) throw new RenditionError(reason, checked.message)
    const known = checked.value[name]
    return known === undefined ? outline : apply(outline, known)
  }
}

/** A field that someone left empty in a processing profile arrives as an empty text. */
function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** Processing profiles send every value as a text, so "200" is as good as 200. */
function wholeNumber({ min, max, expected }: { min: number; max?: number; expected: string }) {
  const error = expected
  const limits = max === undefined ? [] : [z.lte(max, { error })]
  return z.pipe(
    z.transform((value) =>
      typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value,
    ),
    z.int({ error }).check(z.gte(min, { error }), ...limits),
  )
}
