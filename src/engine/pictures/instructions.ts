import {
  type Instruction,
  type Instructions,
  readInstruction,
} from '../../contract/instructions/instruction.ts'
import { PICTURE_INSTRUCTIONS } from '../../contract/instructions/picture-instructions.ts'
import type { Box, Region } from './dimensions.ts'
import type { Resolution } from './headers/resolution.ts'
import { type EncoderSettings, FORMATS, type OutputFormat } from './output-formats.ts'

export type { Instructions } from '../../contract/instructions/instruction.ts'

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

/** What each instruction says of an outline. It sets what no other sets, so that their order cannot matter. */
const APPLY = {
  fmt: instruction(PICTURE_INSTRUCTIONS.fmt, (outline, name) => ({
    ...outline,
    format: FORMATS[name],
  })),
  width: instruction(PICTURE_INSTRUCTIONS.width, (outline, width) => ({
    ...outline,
    box: { ...outline.box, width },
  })),
  height: instruction(PICTURE_INSTRUCTIONS.height, (outline, height) => ({
    ...outline,
    box: { ...outline.box, height },
  })),
  maxWidth: instruction(PICTURE_INSTRUCTIONS.maxWidth, (outline, width) => ({
    ...outline,
    cap: { ...outline.cap, width },
  })),
  maxHeight: instruction(PICTURE_INSTRUCTIONS.maxHeight, (outline, height) => ({
    ...outline,
    cap: { ...outline.cap, height },
  })),
  crop: instruction(PICTURE_INSTRUCTIONS.crop, (outline, { x, y, w, h }) => ({
    ...outline,
    crop: { left: x, top: y, width: w, height: h },
  })),
  quality: instruction(PICTURE_INSTRUCTIONS.quality, (outline, quality) => ({
    ...outline,
    encoder: { ...outline.encoder, quality },
  })),
  jpegSize: instruction(PICTURE_INSTRUCTIONS.jpegSize, (outline, jpegSize) => ({
    ...outline,
    encoder: { ...outline.encoder, jpegSize },
  })),
  interlace: instruction(PICTURE_INSTRUCTIONS.interlace, (outline, interlace) => ({
    ...outline,
    encoder: { ...outline.encoder, interlace },
  })),
  compressionLevel: instruction(
    PICTURE_INSTRUCTIONS.compressionLevel,
    (outline, compressionLevel) => ({
      ...outline,
      encoder: { ...outline.encoder, compressionLevel },
    }),
  ),
  dpi: instruction(PICTURE_INSTRUCTIONS.dpi, (outline, dpi) => ({
    ...outline,
    dpi: toResolution(dpi),
  })),
  convertToDpi: instruction(PICTURE_INSTRUCTIONS.convertToDpi, (outline, convertToDpi) => ({
    ...outline,
    convertToDpi: toResolution(convertToDpi),
  })),
  watermark: instruction(PICTURE_INSTRUCTIONS.watermark, (outline, watermark) => ({
    ...outline,
    watermark,
  })),
  pdfbgcolor: instruction(PICTURE_INSTRUCTIONS.pdfbgcolor, (outline, colour) => ({
    ...outline,
    background: toColour(colour),
  })),
  animated: instruction(PICTURE_INSTRUCTIONS.animated, (outline, animated) => ({
    ...outline,
    animated,
  })),
} satisfies Record<keyof typeof PICTURE_INSTRUCTIONS, ApplyInstruction>

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
  return Object.entries(APPLY).reduce<RenditionOutline>(
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

function instruction<Value>(
  definition: Instruction<Value>,
  apply: (outline: RenditionOutline, value: Value) => RenditionOutline,
): ApplyInstruction {
  return (outline, name, instructions) => {
    const value = readInstruction(name, definition, instructions)
    return value === undefined ? outline : apply(outline, value)
  }
}

function toResolution(dpi: number | { xdpi: number; ydpi: number }): Resolution {
  return typeof dpi === 'number' ? { x: dpi, y: dpi } : { x: dpi.xdpi, y: dpi.ydpi }
}

/** A colour in hexadecimal, or one number for all three of its values. */
function toColour(colour: string | number): Colour {
  const text = String(colour)
  if (!text.startsWith('#')) return { r: Number(text), g: Number(text), b: Number(text) }
  const [r = 0, g = 0, b = 0] =
    (text.length === 4 ? text.slice(1).replaceAll(/./g, '$&$&') : text.slice(1))
      .match(/../g)
      ?.map((pair) => Number.parseInt(pair, 16)) ?? []
  return { r, g, b }
}
