import { boatPaints, dinghy, ketch, trawler, yachts } from './boats.ts'
import type { Colour } from './colour.ts'
import { developer } from './finish.ts'
import { smoothstep } from './noise.ts'
import { farShore, gulls, harbourLights, lamps, quayGear, quayPaints, sign } from './quayside.ts'
import {
  addSpot,
  blur,
  drawVectors,
  lay,
  type Overlay,
  type Picture,
  put,
  type Raster,
  raster,
  sample,
  weathering,
} from './raster.ts'
import { addRidge, crest, drawSky, type Ridge, type Sky, skyAt, type View } from './sky.ts'
import { project, type Scene } from './vectors.ts'
import { type Mirror, waterAt } from './water.ts'
import { wharfAt } from './wharf.ts'

/** The harbour is composed on a plane this large. */
export const harbourView: View = {
  width: 2400,
  height: 1600,
  focal: 2000,
  centre: 900,
  horizon: 790,
  eye: 5,
  sun: 640,
}

const ridges: readonly Ridge[] = [
  { base: 74, swing: 66, length: 900, rough: 3, haze: 0.84, seed: 41 },
  { base: 46, swing: 60, length: 620, rough: 6, haze: 0.6, seed: 52 },
  { base: 16, swing: 42, length: 420, rough: 11, haze: 0.34, seed: 65 },
]

/** Draws the harbour at dusk. `scale` 1 is 2400 x 1600 pixels. */
export async function drawHarbour(scale: number): Promise<Picture> {
  const [overlay, scenery] = await Promise.all([
    drawForeground(scale),
    drawScenery(harbourView, scale),
  ])
  return compose(harbourView, scenery, overlay, scale)
}

/** What the picture is composed of besides what is drawn with vectors. */
type Scenery = { sky: Sky; mirror: Mirror; glow?: Raster }

async function drawScenery(view: View, scale: number): Promise<Scenery> {
  const sky = drawSky(view, 1080, Math.min(scale, 0.6), 3)
  const mirror = await drawMirror(view, sky, Math.min(scale, 1))
  const rough = Math.min(scale, 0.25)
  const small = compose(view, { sky, mirror }, await drawForeground(rough), rough)
  return { sky, mirror, glow: drawGlow(view, small) }
}

function drawForeground(scale: number): Promise<Overlay> {
  const { width, height } = harbourView
  return drawVectors(
    drawing({ view: harbourView, mirrored: false }),
    [0, 0, width, height],
    Math.round(width * scale),
    Math.round(height * scale),
  )
}

function drawing(scene: Scene): string {
  const hidden = scene.mirrored ? '' : sign(scene) + gulls(scene)
  return `<defs>${boatPaints}${quayPaints}</defs>${farShore(scene)}${hidden}${yachts(scene)}${lamps(scene)}${trawler(scene)}${quayGear(scene)}${ketch(scene)}${dinghy(scene)}`
}

/** Draws what the water mirrors. */
async function drawMirror(view: View, sky: Sky, scale: number): Promise<Mirror> {
  const left = -120
  const top = view.horizon
  const width = Math.ceil((view.width + 240) * scale)
  const height = Math.ceil((view.height - top + 200) * scale)
  const target = raster(width, height)
  const scene: Scene = { view, mirrored: true }
  const overlay = await drawVectors(
    drawing(scene),
    [left, top, width / scale, height / scale],
    width,
    height,
  )
  const crests = drawCrests(left, width, scale)
  const colour: Colour = { r: 0, g: 0, b: 0 }
  for (let row = 0; row < height; row += 1) {
    const y = top + (row + 0.5) / scale
    for (let column = 0; column < width; column += 1) {
      const x = left + (column + 0.5) / scale
      if (!wharfAt(view, x, y, true, 1 / scale, colour)) {
        backdrop(view, sky, crests, column, x, y - view.horizon, 1 / scale, colour)
      }
      lay(overlay, column, row, 1, colour)
      put(target, column, row, colour)
    }
  }
  for (const light of harbourLights()) {
    const [x, y] = project(scene, light.place)
    const radius =
      Math.max(3.2, (view.focal / light.place[2]) * 0.3) * Math.sqrt(light.size) * scale
    addSpot(
      target,
      (x - left) * scale,
      (y - top) * scale,
      radius,
      light.size < 0.5 ? 1.6 : 4,
      light,
    )
  }
  return { raster: target, scale, top, left }
}

/** Draws the light that a lens and the damp air spread around everything bright. */
function drawGlow(view: View, small: Picture): Raster {
  const { width, height } = small
  const scale = width / view.width
  const near = raster(width, height)
  for (let index = 0; index < near.data.length; index += 3) {
    const r = (small.data[index] ?? 0) / 255
    const excess = Math.max(0, r - 0.74) * 0.5
    near.data[index] = excess * r
    near.data[index + 1] = (excess * (small.data[index + 1] ?? 0)) / 255
    near.data[index + 2] = (excess * (small.data[index + 2] ?? 0)) / 255
  }
  const scene: Scene = { view, mirrored: false }
  for (const light of harbourLights()) {
    const [x, y] = project(scene, light.place)
    const size = Math.max(2.2, (view.focal / light.place[2]) * 0.32) * light.size
    const radius = Math.max(size * scale, 0.8)
    addSpot(near, x * scale, y * scale, radius, 2.2 * Math.min(1, (size * scale) / radius), light)
  }
  const wide = raster(width, height)
  wide.data.set(near.data)
  blur(near, 7 * scale * 2)
  blur(wide, 42 * scale * 2)
  for (let index = 0; index < near.data.length; index += 1) {
    near.data[index] = (near.data[index] ?? 0) * 0.9 + (wide.data[index] ?? 0) * 1.25
  }
  return near
}

type Crests = readonly { ridge: Ridge; tops: Float32Array }[]

function drawCrests(left: number, width: number, scale: number): Crests {
  return ridges.map((ridge) => ({
    ridge,
    tops: Float32Array.from({ length: width }, (_, column) =>
      crest(ridge, left + (column + 0.5) / scale),
    ),
  }))
}

/** Sets `colour` to the sky and the hills, `up` units over the horizon. */
function backdrop(
  view: View,
  sky: Sky,
  crests: Crests,
  column: number,
  x: number,
  up: number,
  pixel: number,
  colour: Colour,
): void {
  skyAt(sky, x, view.horizon - up, colour)
  if (up > 170) return
  const side = (x - view.sun) / view.focal
  for (const { ridge, tops } of crests) {
    addRidge(ridge, tops[column] ?? 0, x, up, Math.max(pixel, 0.8), side, colour)
  }
}

/** Where in a pixel its samples lie. */
const samples: readonly (readonly [number, number])[] = [
  [0.375, 0.125],
  [0.875, 0.375],
  [0.125, 0.625],
  [0.625, 0.875],
]

/** The same where pixels are small anyway. */
const fewSamples: readonly (readonly [number, number])[] = [
  [0.25, 0.3],
  [0.75, 0.7],
]

function compose(view: View, scenery: Scenery, overlay: Overlay, scale: number): Picture {
  const { sky, mirror, glow } = scenery
  const { width, height } = overlay
  const crests = drawCrests(0, width, scale)
  const data = new Uint8Array(width * height * 3)
  const grain = scale > 1.5 ? 7 : 5
  const develop = developer({ width, height, grain, vignette: 0.56, seed: 8 })
  const colour: Colour = { r: 0, g: 0, b: 0 }
  const halo: Colour = { r: 0, g: 0, b: 0 }
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      world(view, sky, mirror, crests, column, row, scale, colour)
      lay(overlay, column, row, weathering(overlay, column, row, scale), colour)
      if (glow !== undefined) {
        const share = glow.width / width
        sample(glow, (column + 0.5) * share, (row + 0.5) * share, halo)
        colour.r += halo.r
        colour.g += halo.g
        colour.b += halo.b
      }
      develop(row, column, colour, data)
    }
  }
  return { width, height, data }
}

const part: Colour = { r: 0, g: 0, b: 0 }

/** Sets `colour` to what is behind everything drawn with vectors. */
function world(
  view: View,
  sky: Sky,
  mirror: Mirror,
  crests: Crests,
  column: number,
  row: number,
  scale: number,
  colour: Colour,
): void {
  const pixel = 1 / scale
  const middle = (column + 0.5) * pixel
  const across = (row + 0.5) * pixel
  if (middle < view.centre + 60) {
    beyond(view, sky, mirror, crests, column, middle, across, pixel, colour)
    return
  }
  let r = 0
  let g = 0
  let b = 0
  let missed = 0
  const points = scale > 1.5 ? fewSamples : samples
  for (const [dx, dy] of points) {
    if (wharfAt(view, (column + dx) * pixel, (row + dy) * pixel, false, pixel, part)) {
      r += part.r
      g += part.g
      b += part.b
    } else missed += 1
  }
  if (missed > 0) beyond(view, sky, mirror, crests, column, middle, across, pixel, colour)
  const share = missed / points.length
  colour.r = (missed > 0 ? colour.r * share : 0) + r / points.length
  colour.g = (missed > 0 ? colour.g * share : 0) + g / points.length
  colour.b = (missed > 0 ? colour.b * share : 0) + b / points.length
}

function beyond(
  view: View,
  sky: Sky,
  mirror: Mirror,
  crests: Crests,
  column: number,
  x: number,
  y: number,
  pixel: number,
  colour: Colour,
): void {
  if (y > view.horizon + 6) {
    waterAt(view, mirror, x, y, pixel, colour)
    return
  }
  backdrop(view, sky, crests, column, x, Math.max(view.horizon - y, 0), pixel, colour)
  const shore = smoothstep(view.horizon + 1, view.horizon + 6, y)
  if (shore > 0) {
    colour.r *= 1 - shore * 0.3
    colour.g *= 1 - shore * 0.3
    colour.b *= 1 - shore * 0.26
  }
}
