import assert from 'node:assert/strict'
import type {
  Composition,
  Content,
  Layer,
  Rgba,
  Treatment,
  View,
} from '../../../src/engine/layers/composition.ts'
import type { LayerPicture } from '../../../src/engine/layers/layer-picture.ts'
import type { LayerTools } from '../../../src/engine/layers/layer-tools.ts'
import { pictureOfRaster } from '../../../src/engine/layers/made-pictures.ts'
import { fillRaster } from '../../../src/engine/layers/raster-steps.ts'
import type { Raster } from '../../../src/engine/layers/raster.ts'
import { QUARTER_COLOURS } from '../../support/pictures.ts'

const UNTREATED: Treatment = {
  clips: [],
  adjustments: [],
  sharpening: [],
  opacity: 100,
  fillOpacity: 100,
  effects: [],
}

const VIEW: View = {
  fit: undefined,
  align: { x: 0, y: 0 },
  density: 1,
  background: colour(255, 255, 255),
  transparent: true,
  resampling: 'sharp2',
  within: undefined,
}

/** A colour that is opaque unless it is said not to be. */
export function colour(red: number, green: number, blue: number, alpha = 255): Rgba {
  return { red, green, blue, alpha }
}

/** A layer of a picture, or of other content, with what is said of it. */
export function layer(content: string | Content, said: Partial<Layer> = {}): Layer {
  return {
    ...UNTREATED,
    content: typeof content === 'string' ? { kind: 'picture', object: content } : content,
    maskUse: 'norm',
    rotation: 0,
    blendMode: 'norm',
    position: { in: 'pixels', x: 0, y: 0 },
    hidden: false,
    ...said,
  }
}

/** A layer of one colour. */
export function plate(of: Rgba, width: number, height: number, said: Partial<Layer> = {}): Layer {
  return layer({ kind: 'colour', colour: of }, { sizing: { by: 'size', width, height }, ...said })
}

/** A composition with a view that shows all of it, unless something else is said. */
export function compose(
  layers: readonly [Layer, ...Layer[]],
  view: Partial<View> = {},
  composite: Partial<Treatment> = {},
): Composition {
  return { layers, composite: { ...UNTREATED, ...composite }, view: { ...VIEW, ...view } }
}

/** Tools that open rasters by their names, and whose steps are simple enough to be followed by hand. */
export function toolsFor(
  pictures: Readonly<Record<string, Raster | LayerPicture>>,
  said: Partial<LayerTools> = {},
): LayerTools {
  const maxPixels = said.maxPixels ?? 1_000_000
  return {
    async open(object) {
      const picture = pictures[object]
      assert.ok(picture, `there is no picture ${object}`)
      return 'pixels' in picture ? pictureOfRaster(picture, maxPixels) : picture
    },
    drawText: async () => fillRaster({ width: 30, height: 10 }, colour(1, 2, 3)),
    adjust: async (raster) => raster,
    sharpen: async (raster) => raster,
    maxPixels,
    signal: new AbortController().signal,
    ...said,
  }
}

/** A picture of four plain quarters, see {@link QUARTER_COLOURS}. */
export function quartersRaster(width: number, height: number): Raster {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const side = x < width / 2 ? 'Left' : 'Right'
      pixels.set(
        QUARTER_COLOURS[`${y < height / 2 ? 'top' : 'bottom'}${side}`],
        (y * width + x) * 3,
      )
    }
  }
  return { width, height, channels: 3, pixels }
}

/** The components of a pixel. */
export function pixelOf({ pixels, width, channels }: Raster, x: number, y: number): number[] {
  const at = (y * width + x) * channels
  return [...pixels.subarray(at, at + channels)]
}

/** Fails unless each component of a pixel is within two of what it should be. */
export function assertPixel(
  raster: Raster,
  [x, y]: readonly [number, number],
  of: readonly number[],
) {
  const found = pixelOf(raster, x, y)
  const opaque = [...of.slice(0, 3), of[3] ?? 255]
  const full = raster.channels === 3 && opaque[3] === 255 ? opaque.slice(0, 3) : opaque
  const isNear =
    found.length === full.length &&
    found.every((component, index) => Math.abs(component - (full[index] ?? -9)) <= 2)
  assert.ok(isNear, `${found.join()} at ${x}, ${y}, not ${full.join()}`)
}

/** The names of the colours in the four corners of a picture of quarters, from the upper left, clockwise. */
export function cornersOf(raster: Raster): string[] {
  const { width, height } = raster
  const places = [
    [1, 1],
    [width - 2, 1],
    [width - 2, height - 2],
    [1, height - 2],
  ] as const
  return places.map(([x, y]) => nameOf(pixelOf(raster, x, y)))
}

function nameOf([red = 0, green = 0, blue = 0, alpha = 255]: readonly number[]): string {
  if (alpha < 128) return 'nothing'
  const distances = Object.entries(QUARTER_COLOURS).map(([name, [r, g, b]]) => ({
    name,
    distance: Math.hypot(red - r, green - g, blue - b),
  }))
  const [nearest] = distances.toSorted((one, other) => one.distance - other.distance)
  return nearest && nearest.distance < 30 ? nearest.name : `${red},${green},${blue}`
}
