/** Pixels row by row, of as many bytes each as there are channels. */
interface Raster {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly pixels: Uint8Array
}

/** A scan taken apart: where there is ink and in which colour, and what is left without it, much coarser. */
export interface SeparatedScan {
  /** A byte a pixel: 255 where there is ink. */
  readonly ink: Uint8Array
  readonly colour: readonly [r: number, g: number, b: number]
  readonly paper: Raster
}

/** The dots per inch of what is left. */
const PAPER_DOTS = 75

/** Ink is darker than this part of what surrounds it, and what surrounds it is as light as paper. */
const DARKER = 0.72
const LIGHT = 130
/** As a part of all pixels: with less paper it is a photo; and where there is no ink, paper is even, from 0 to 255. */
const FEWEST_PAPER = 0.6
const MOST_UNEVEN = 14
/** What has more colour than this is none, but a picture or a stamp. */
const MOST_COLOUR = 60
/** As a part of all pixels: with less of it a scan is blank, with more it is no text. */
const FEWEST_INK = 0.000_5
const MOST_INK = 0.3
/** How often what was under ink is made up from its neighbours. */
const MOST_FILLS = 60

/**
 * Takes a scan of text apart (mixed raster content).
 *
 * @param dots - how many pixels an inch has
 * @returns undefined when it is no scan of text
 */
export function separateInk(
  { width, height, channels, pixels }: Raster,
  dots: number,
): SeparatedScan | undefined {
  const count = width * height
  const levels = readLevels({ width, height, channels, pixels }, Math.max(1, Math.round(dots / 6)))
  const ink = new Uint8Array(count)
  const sums = [0, 0, 0]
  let inked = 0
  let light = 0
  let uneven = 0
  for (let pixel = 0; pixel < count; pixel += 1) {
    const at = pixel * channels
    const r = pixels[at] ?? 0
    const g = channels === 1 ? r : (pixels[at + 1] ?? 0)
    const b = channels === 1 ? r : (pixels[at + 2] ?? 0)
    const level = levels(pixel % width, Math.floor(pixel / width))
    if (level < LIGHT) continue
    light += 1
    const own = 0.3 * r + 0.59 * g + 0.11 * b
    if (own > level * DARKER) {
      uneven += Math.abs(own - level)
      continue
    }
    if (Math.max(r, g, b) - Math.min(r, g, b) > MOST_COLOUR) continue
    ink[pixel] = 255
    inked += 1
    sums[0] = (sums[0] ?? 0) + r
    sums[1] = (sums[1] ?? 0) + g
    sums[2] = (sums[2] ?? 0) + b
  }
  if (inked < count * FEWEST_INK || inked > count * MOST_INK) return undefined
  if (light < count * FEWEST_PAPER || uneven > light * MOST_UNEVEN) return undefined
  const [r = 0, g = 0, b = 0] = sums.map((sum) => Math.round(sum / inked))
  const step = Math.max(1, Math.round(dots / PAPER_DOTS))
  const paper = averagePaper({ width, height, channels, pixels }, ink, step)
  return { ink, colour: [r, g, b], paper }
}

/** So many of all pixels around are darker than paper at most. */
const PAPER_RANK = 0.75

/** How light paper is around a pixel: that of the lightest of nine squares. */
function readLevels(
  { width, height, channels, pixels }: Raster,
  side: number,
): (x: number, y: number) => number {
  const across = Math.ceil(width / side)
  const down = Math.ceil(height / side)
  const own = new Uint8Array(across * down)
  const histogram = new Uint32Array(256)
  for (let cell = 0; cell < own.length; cell += 1) {
    histogram.fill(0)
    const [left, top] = [(cell % across) * side, Math.floor(cell / across) * side]
    const [right, bottom] = [Math.min(width, left + side), Math.min(height, top + side)]
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) {
        // Of what has little colour green is as light as all.
        const value = pixels[(y * width + x) * channels + (channels === 1 ? 0 : 1)] ?? 0
        histogram[value] = (histogram[value] ?? 0) + 1
      }
    }
    const rank = (right - left) * (bottom - top) * PAPER_RANK
    let [value, seen] = [0, histogram[0] ?? 0]
    while (seen < rank && value < 255) {
      value += 1
      seen += histogram[value] ?? 0
    }
    own[cell] = value
  }
  const lightest = own.map((_, cell) => {
    const [x, y] = [cell % across, Math.floor(cell / across)]
    let most = 0
    for (let row = Math.max(0, y - 1); row <= Math.min(down - 1, y + 1); row += 1) {
      for (let column = Math.max(0, x - 1); column <= Math.min(across - 1, x + 1); column += 1) {
        most = Math.max(most, own[row * across + column] ?? 0)
      }
    }
    return most
  })
  return (x, y) => lightest[Math.floor(y / side) * across + Math.floor(x / side)] ?? 0
}

/** What is not ink, nor at its edge, averaged; where there is nothing else, what is beside it. */
function averagePaper({ width, height, channels, pixels }: Raster, ink: Uint8Array, step: number) {
  const across = Math.ceil(width / step)
  const down = Math.ceil(height / step)
  const sums = new Float64Array(across * down * channels)
  const counts = new Uint32Array(across * down)
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / step) * across
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x
      const isAtInk =
        ink[pixel] !== 0 ||
        (x > 0 && ink[pixel - 1] !== 0) ||
        (x + 1 < width && ink[pixel + 1] !== 0) ||
        (y > 0 && ink[pixel - width] !== 0) ||
        (y + 1 < height && ink[pixel + width] !== 0)
      if (isAtInk) continue
      const cell = row + Math.floor(x / step)
      counts[cell] = (counts[cell] ?? 0) + 1
      for (let channel = 0; channel < channels; channel += 1) {
        const at = cell * channels + channel
        sums[at] = (sums[at] ?? 0) + (pixels[pixel * channels + channel] ?? 0)
      }
    }
  }
  const paper = new Uint8Array(across * down * channels).fill(255)
  const known = new Uint8Array(across * down)
  for (const [cell, count] of counts.entries()) {
    if (count === 0) continue
    known[cell] = 1
    for (let channel = 0; channel < channels; channel += 1) {
      const at = cell * channels + channel
      paper[at] = Math.round((sums[at] ?? 0) / count)
    }
  }
  fillUnknown({ width: across, height: down, channels, pixels: paper }, known)
  return { width: across, height: down, channels, pixels: paper }
}

function fillUnknown({ width, height, channels, pixels }: Raster, known: Uint8Array): void {
  for (let round = 0; round < MOST_FILLS; round += 1) {
    const found: number[] = []
    for (let cell = 0; cell < width * height; cell += 1) {
      if (known[cell] !== 0) continue
      const x = cell % width
      const beside = [
        ...(x > 0 ? [cell - 1] : []),
        ...(x + 1 < width ? [cell + 1] : []),
        ...(cell >= width ? [cell - width] : []),
        ...(cell + width < width * height ? [cell + width] : []),
      ].filter((each) => known[each] !== 0)
      if (beside.length === 0) continue
      for (let channel = 0; channel < channels; channel += 1) {
        const sum = beside.reduce((all, each) => all + (pixels[each * channels + channel] ?? 0), 0)
        pixels[cell * channels + channel] = Math.round(sum / beside.length)
      }
      found.push(cell)
    }
    if (found.length === 0) return
    for (const cell of found) known[cell] = 1
  }
}
