import { IncompleteFile, type SourceBytes, UnknownFeature } from '../magick-source.ts'
import type { OpenedRaster } from '../raster.ts'
import { type Blending, blendingOf } from './blend.ts'
import { CANVAS_BYTES, Canvas, toLight } from './canvas.ts'
import { readXcf, type XcfFile, type XcfLayer } from './file.ts'
import { tilesOf, type XcfTile } from './tiles.ts'

/** Whether the last sample of a pixel of a layer is transparency, and whether the first is a number of the palette. */
const hasAlpha = ({ type }: XcfLayer): boolean => type % 2 === 1
const isIndexed = ({ type }: XcfLayer): boolean => type >= 4
const isGrey = ({ type }: XcfLayer): boolean => type === 2 || type === 3

/**
 * Opens a file of GIMP, of which all visible layers are the picture, laid over each other as GIMP lays them
 * (https://developer.gimp.org/core/standards/xcf/). A picture has the colours of sRGB whatever profile is in the file.
 *
 * @throws {@link IncompleteFile} when it is damaged, {@link UnknownFeature} when a layer is blended in a way that nobody here knows
 */
export function openXcf(file: SourceBytes): OpenedRaster {
  const picture = readXcf(file)
  const { width, height, kind, layers } = picture
  requireModes(layers)
  return {
    width,
    height,
    bytesAPixel: CANVAS_BYTES * (1 + depthOf(layers)),
    decode() {
      const canvas = new Canvas(picture)
      layAll(file, picture, layers, canvas)
      const alpha = !canvas.isOpaque()
      const colours = kind === 'grey' ? 'grey' : 'rgb'
      const rows = (y: number, count: number): Uint8Array => {
        const samples = canvas.rows(y, count, colours === 'grey')
        return alpha ? samples : withoutAlpha(samples, colours === 'grey' ? 2 : 4)
      }
      return { width, height, colours, alpha, rows }
    },
  }
}

function withoutAlpha(samples: Uint8Array, each: number): Uint8Array {
  return samples.filter((_, index) => index % each < each - 1)
}

/** How many groups are in each other at most that have a canvas of their own. */
function depthOf(layers: readonly XcfLayer[]): number {
  return Math.max(0, ...layers.map((layer) => (layer.layers ? 1 + depthOf(layer.layers) : 0)))
}

/** @throws {@link UnknownFeature} when a layer that can be seen has a mode that nobody here knows */
function requireModes(layers: readonly XcfLayer[]): void {
  for (const layer of layers.filter(isSeen)) {
    if (blendingOf(layer) === undefined)
      throw new UnknownFeature(
        `a layer in a mode (number ${layer.mode}) that cannot be read; export it flattened, or merge its layers`,
      )
    requireModes(layer.layers ?? [])
  }
}

function isSeen({ isVisible, opacity }: XcfLayer): boolean {
  return isVisible && opacity > 0
}

/** Lays layers over each other, from the lowest to the uppermost. */
function layAll(
  file: SourceBytes,
  picture: XcfFile,
  layers: readonly XcfLayer[],
  canvas: Canvas,
): void {
  for (const layer of layers.toReversed().filter(isSeen)) {
    const blending = blendingOf(layer)
    if (blending === undefined) continue
    if (layer.layers === undefined) layPixels(file, picture, layer, { canvas, blending })
    else if (blending.passesThrough) layAll(file, picture, layer.layers, canvas)
    else {
      const own = new Canvas(canvas)
      layAll(file, picture, layer.layers, own)
      layCanvas(own, layer, { canvas, blending })
    }
  }
}

interface Below {
  readonly canvas: Canvas
  readonly blending: Blending
}

function layCanvas(own: Canvas, { opacity }: XcfLayer, { canvas, blending }: Below): void {
  const { samples } = own
  for (let place = 0; place < samples.length; place += 4)
    canvas.lay(
      place,
      samples.subarray(place, place + 3),
      (samples[place + 3] ?? 0) * opacity,
      blending,
    )
}

function layPixels(
  file: SourceBytes,
  picture: XcfFile,
  layer: XcfLayer,
  { canvas, blending }: Below,
): void {
  const { precision } = picture
  const masks = layer.mask === undefined ? undefined : tilesOf(file, picture, layer.mask)
  const read = createPixelReader(picture, layer)
  const colour = new Float32Array(4)
  for (const tile of tilesOf(file, picture, layer)) {
    // Those of a mask are as many, and in the same places.
    const mask = masks?.next().value
    const [left, top] = [layer.left + tile.left, layer.top + tile.top]
    for (let row = 0; row < tile.height; row += 1) {
      const y = top + row
      if (y < 0 || y >= canvas.height) continue
      for (let column = 0; column < tile.width; column += 1) {
        const x = left + column
        if (x < 0 || x >= canvas.width) continue
        const index = row * tile.width + column
        read(tile, index, colour)
        const shown = mask ? precision.read(mask.bytes, index * mask.pixelBytes) : 1
        const covers = Math.min(1, (colour[3] ?? 0) * shown * layer.opacity)
        canvas.lay(canvas.placeOf(x, y), colour, covers, blending)
      }
    }
  }
}

/** Reads a pixel of a tile: its colours as light and how much it covers. */
type ReadPixel = (tile: XcfTile, index: number, into: Float32Array) => void

function createPixelReader({ precision, palette, kind }: XcfFile, layer: XcfLayer): ReadPixel {
  const { bytes, isLight, read } = precision
  const eighths = Float32Array.from({ length: 256 }, (_, value) => toLight(value / 255))
  const lightOf =
    bytes === 1 && !isLight
      ? (buffer: Buffer, at: number): number => eighths[buffer[at] ?? 0] ?? 0
      : (buffer: Buffer, at: number): number =>
          isLight ? read(buffer, at) : toLight(read(buffer, at))
  const colours = isIndexed(layer) || isGrey(layer) ? 1 : 3
  const samples = colours + (hasAlpha(layer) ? 1 : 0)
  if (isIndexed(layer) !== (kind === 'indexed'))
    throw new IncompleteFile('A layer has other colours.')
  return (tile, index, into) => {
    const at = index * tile.pixelBytes
    if (samples * bytes > tile.pixelBytes) throw new IncompleteFile('A layer has too few samples.')
    for (let sample = 0; sample < 3; sample += 1) {
      into[sample] = isIndexed(layer)
        ? (eighths[palette[(tile.bytes[at] ?? 0) * 3 + sample] ?? 0] ?? 0)
        : lightOf(tile.bytes, at + (colours === 1 ? 0 : sample) * bytes)
    }
    into[3] = hasAlpha(layer) ? read(tile.bytes, at + colours * bytes) : 1
  }
}
