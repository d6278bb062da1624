import {
  type Arbitrary,
  boolean,
  constant,
  constantFrom,
  integer,
  oneof,
  record,
  stringMatching,
  tuple,
} from 'fast-check'
import sharp from 'sharp'
import type { Size } from '../../src/engine/pictures/dimensions.ts'

/** How many pixels an inch has, in both directions or in each. */
export type Dpi = number | { readonly xdpi: number; readonly ydpi: number }

/** The instructions that both engines follow. */
export interface DrawnInstructions {
  readonly fmt: string
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly crop?: Readonly<Record<'x' | 'y' | 'w' | 'h', number>> | undefined
  readonly quality?: number | undefined
  readonly jpegSize?: number | undefined
  readonly interlace?: boolean | undefined
  readonly dpi?: Dpi | undefined
  readonly convertToDpi?: Dpi | undefined
  readonly watermark?: { readonly image: string; readonly scale?: number | undefined } | undefined
  readonly pdfbgcolor?: string | number | undefined
}

// Of fewer pixels, those at the edges are so many that how each filter treats them is all one sees.
const FEWEST = 32

/** PNG files as `data:` URLs: a plain one, a large one that lets half of what is below through, and one with a hole. */
export async function drawWatermarks(): Promise<readonly string[]> {
  const create = { width: 20, height: 10, channels: 4, background: '#a07088' } as const
  const hole = { create: { ...create, width: 8, height: 4, background: '#000000' } }
  const pictures = [
    sharp({ create }),
    sharp({ create: { ...create, width: 400, height: 100, background: '#50709080' } }),
    sharp({ create: { ...create, height: 33 } }).composite([{ input: hole, blend: 'dest-out' }]),
  ]
  const files = await Promise.all(pictures.map((picture) => picture.png().toBuffer()))
  return files.map((file) => `data:image/png;base64,${file.toString('base64')}`)
}

/** Instructions for a source of a size: mostly sensible ones, each beside any of the others. */
export function instructionsFor(
  { width, height }: Size,
  watermarks: readonly string[],
): Arbitrary<DrawnInstructions> {
  return record({
    fmt: constantFrom('png', 'jpg', 'jpeg', 'tif', 'tiff', 'gif', 'webp'),
    width: sometimes(integer({ min: FEWEST, max: width + 50 })),
    height: sometimes(integer({ min: FEWEST, max: height + 50 })),
    crop: sometimes(tuple(span(width), span(height)).map(([[x, w], [y, h]]) => ({ x, y, w, h }))),
    quality: sometimes(integer({ min: 20, max: 100 })),
    jpegSize: sometimes(integer({ min: Math.round((width * height) / 10), max: width * height })),
    interlace: sometimes(boolean()),
    dpi: sometimes(dpi(72, 300)),
    convertToDpi: sometimes(dpi(48, 150)),
    watermark: sometimes(
      record({
        image: constantFrom(...watermarks),
        scale: oneof(constant(undefined), constantFrom(0.05, 0.25, 0.37, 0.5, 0.75, 1)),
      }),
    ),
    pdfbgcolor: sometimes(
      oneof(
        stringMatching(/^#([\da-f]{3}|[\dA-F]{6})$/),
        integer({ min: 0, max: 255 }),
        integer({ min: 0, max: 255 }).map(String),
      ),
    ),
  })
}

/** A part of a side, where it begins and how long it is; it may hang over, or miss the picture altogether. */
function span(side: number): Arbitrary<[start: number, length: number]> {
  const drawn = tuple(integer({ min: -side, max: side }), integer({ min: FEWEST, max: side }))
  return drawn.filter(([start, length]) => {
    const common = Math.min(start + length, side) - Math.max(start, 0)
    return common <= 0 || common >= FEWEST
  })
}

/** Seldom enough that most renditions are asked for with two or three instructions. */
function sometimes<T>(arbitrary: Arbitrary<T>): Arbitrary<T | undefined> {
  return oneof({ arbitrary: constant(undefined), weight: 3 }, { arbitrary, weight: 1 })
}

function dpi(min: number, max: number): Arbitrary<Dpi> {
  const dots = integer({ min, max })
  return oneof(dots, record({ xdpi: dots, ydpi: dots }))
}
