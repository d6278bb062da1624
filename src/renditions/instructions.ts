import * as z from 'zod/mini'
import { type Reason, RenditionError } from '../contract/errors.ts'
import { PICTURE_FORMATS } from '../contract/formats.ts'
import { flag, number, unpackText, wholeNumber } from '../contract/text-values.ts'
import { check } from '../contract/validation.ts'
import type { Box, Region } from './dimensions.ts'
import { type EncoderSettings, FORMATS, type OutputFormat } from './formats.ts'
import type { Resolution } from './headers/resolution.ts'

/** The instructions of one rendition as they came: checked by nobody, and with fields that are not ours to know. */
export type Instructions = Readonly<Record<string, unknown>>

/** A colour of sRGB, each part from 0 to 255. */
export interface Colour {
  readonly r: number
  readonly g: number
  readonly b: number
}

/** A picture to lay over a rendition. */
export interface Watermark {
  /** Where its PNG file is: an `https:` or `data:` URL. */
  readonly image: string
  /** 0 to 1: its size in relation to the largest that fits into the rendition. */
  readonly scale: number
}

/** What a rendition shall be like, as far as that is known without its source. */
export interface RenditionOutline {
  readonly format: OutputFormat
  /** What the rendition is fitted into. */
  readonly box: Box
  /** What the rendition must not exceed, whatever else would make it larger. */
  readonly cap: Box
  /** The part of the upright picture to use; it may reach beyond the picture. */
  readonly crop?: Region
  readonly encoder: EncoderSettings
  /** The resolution that the source shall count as, and that the rendition shall say it has. */
  readonly dpi?: Resolution
  /** The resolution to resample to while the physical size stays. */
  readonly convertToDpi?: Resolution
  readonly watermark?: Watermark
  /** What replaces transparency, even where the format could keep it. */
  readonly background?: Colour
  /** Whether all frames of an animation are kept. */
  readonly animated: boolean
}

const PIXELS = 'a whole number of pixels, 1 or more'
const DOTS = 'a number of dots per inch from 1 to 65535'
const COLOUR = 'a colour like #fff or #ffffff, or a whole number for a grey from 0 to 255'
const PNG_URL = 'an https: or data: URL of a PNG'

const side = wholeNumber({ min: 1, expected: PIXELS })
const dots = number({ min: 1, max: 65_535, expected: DOTS })

/**
 * The "Rendition-specific fields" of the Asset Compute API that are about pictures, what Adobe's SDK adds to them
 * (lib/postprocessing/image.js; maxWidth, maxHeight and compressionLevel since its version 5), and `animated`.
 */
const INSTRUCTIONS = {
  fmt: instruction({
    schema: z.pipe(
      z.transform((value) => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
      z.enum(PICTURE_FORMATS, { error: `one of ${PICTURE_FORMATS.join(', ')}` }),
    ),
    required: true,
    reason: 'RenditionFormatUnsupported',
    apply: (outline, name) => ({ ...outline, format: FORMATS[name] }),
  }),
  width: instruction({
    alias: 'wid',
    schema: side,
    apply: (outline, width) => ({ ...outline, box: { ...outline.box, width } }),
  }),
  height: instruction({
    alias: 'hei',
    schema: side,
    apply: (outline, height) => ({ ...outline, box: { ...outline.box, height } }),
  }),
  maxWidth: instruction({
    schema: side,
    apply: (outline, width) => ({ ...outline, cap: { ...outline.cap, width } }),
  }),
  maxHeight: instruction({
    schema: side,
    apply: (outline, height) => ({ ...outline, cap: { ...outline.cap, height } }),
  }),
  crop: instruction({
    schema: z.object(
      {
        x: z._default(wholeNumber({ expected: 'a whole number of pixels' }), 0),
        y: z._default(wholeNumber({ expected: 'a whole number of pixels' }), 0),
        w: side,
        h: side,
      },
      { error: 'an object {x, y, w, h}' },
    ),
    apply: (outline, { x, y, w, h }) => ({
      ...outline,
      crop: { left: x, top: y, width: w, height: h },
    }),
  }),
  quality: instruction({
    alias: 'qlt',
    schema: wholeNumber({ min: 1, max: 100, expected: 'a whole number, 1 to 100' }),
    apply: (outline, quality) => ({ ...outline, encoder: { ...outline.encoder, quality } }),
  }),
  jpegSize: instruction({
    schema: wholeNumber({ min: 1, expected: 'a whole number of bytes, 1 or more' }),
    apply: (outline, jpegSize) => ({ ...outline, encoder: { ...outline.encoder, jpegSize } }),
  }),
  interlace: instruction({
    schema: flag(),
    apply: (outline, interlace) => ({ ...outline, encoder: { ...outline.encoder, interlace } }),
  }),
  compressionLevel: instruction({
    schema: wholeNumber({ min: 0, max: 9, expected: 'a whole number, 0 to 9' }),
    apply: (outline, compressionLevel) => ({
      ...outline,
      encoder: { ...outline.encoder, compressionLevel },
    }),
  }),
  dpi: instruction({
    schema: resolution(),
    apply: (outline, dpi) => ({ ...outline, dpi }),
  }),
  convertToDpi: instruction({
    schema: resolution(),
    apply: (outline, convertToDpi) => ({ ...outline, convertToDpi }),
  }),
  watermark: instruction({
    schema: z.object(
      {
        image: z
          .string({ error: PNG_URL })
          .check(z.regex(/^(https:\/\/|data:)/i, { error: PNG_URL })),
        scale: z._default(number({ min: 0, max: 1, expected: 'a number from 0 to 1' }), 1),
      },
      { error: 'an object {image, scale}' },
    ),
    apply: (outline, watermark) => ({ ...outline, watermark }),
  }),
  pdfbgcolor: instruction({
    schema: z.pipe(
      z.transform(toColour),
      z.object({ r: z.int(), g: z.int(), b: z.int() }, { error: COLOUR }),
    ),
    apply: (outline, background) => ({ ...outline, background }),
  }),
  animated: instruction({
    schema: flag(),
    apply: (outline, animated) => ({ ...outline, animated }),
  }),
} satisfies Record<string, ApplyInstruction>

// PNG only stands in here: fmt is not optional, so every outline that comes out has its own.
const BLANK: RenditionOutline = {
  format: FORMATS.png,
  box: {},
  cap: {},
  encoder: {},
  animated: false,
}

/**
 * Checks the instructions of one rendition and puts them together. Fields it does not know it leaves to whoever does.
 *
 * @throws {@link RenditionError} naming the first bad field, its value and what was expected
 */
export function readInstructions(instructions: Instructions): RenditionOutline {
  return Object.entries(INSTRUCTIONS).reduce<RenditionOutline>(
    (outline, [name, apply]) => apply(outline, name, instructions),
    BLANK,
  )
}

/** Adds to an outline what a rendition's instructions say about `name`. */
type ApplyInstruction = (
  outline: RenditionOutline,
  name: string,
  instructions: Instructions,
) => RenditionOutline

interface Instruction<Value> {
  /** The message of its error completes the sentence "… must be …". */
  schema: z.ZodMiniType<Value>
  /** The short name that it has in AEM's processing profiles, for who does not give the long one. */
  alias?: string
  /** Whether a rendition without it fails. */
  required?: true
  /** With what a rendition fails whose value does not match the schema. */
  reason?: Reason
  /** Sets what no other instruction sets, so that the order of the instructions cannot matter. */
  apply: (outline: RenditionOutline, value: Value) => RenditionOutline
}

function instruction<Value>({
  schema,
  alias,
  required,
  reason = 'GenericError',
  apply,
}: Instruction<Value>): ApplyInstruction {
  return (outline, name, instructions) => {
    const given = [name, ...(alias === undefined ? [] : [alias])]
      .map((field) => ({ field, value: unpackText(instructions[field]) }))
      .find(({ value }) => value !== undefined)
    if (given === undefined && !required) return outline
    const { field, value } = given ?? { field: name, value: undefined }
    const checked = check(z.object({ [field]: schema }), { [field]: value })
    if (!checked.ok) throw new RenditionError(reason, checked.message)
    const known = checked.value[field]
    return known === undefined ? outline : apply(outline, known)
  }
}

/** One number for both directions, or an object with one for each; Adobe's SDK takes `xdpi` alone for both, too. */
function resolution(): z.ZodMiniType<Resolution> {
  const error = `${DOTS}, or an object {xdpi, ydpi}`
  return z.pipe(
    z.union(
      [
        z.pipe(
          number({ min: 1, max: 65_535, expected: error }),
          z.transform((x) => ({ x, y: x })),
        ),
        z.pipe(
          z.object({ xdpi: dots, ydpi: dots }, { error }),
          z.transform(({ xdpi, ydpi }) => ({ x: xdpi, y: ydpi })),
        ),
      ],
      { error },
    ),
    z.object({ x: z.number(), y: z.number() }),
  )
}

/** A colour in hexadecimal, or one number for all three of its values. */
function toColour(value: unknown): Colour | undefined {
  const text = String(value).trim()
  if (/^#([\da-f]{3}|[\da-f]{6})$/i.test(text)) {
    const [r = 0, g = 0, b = 0] =
      (text.length === 4 ? text.slice(1).replaceAll(/./g, '$&$&') : text.slice(1))
        .match(/../g)
        ?.map((pair) => Number.parseInt(pair, 16)) ?? []
    return { r, g, b }
  }
  const grey = /^\d+$/.test(text) ? Number(text) : 256
  return grey <= 255 ? { r: grey, g: grey, b: grey } : undefined
}
