import { cliffAt, cliffFoot, cliffTop } from './cliff.ts'
import { blend, type Colour } from './colour.ts'
import { developer } from './finish.ts'
import { fractal, smoothstep, unit } from './noise.ts'
import {
  addSpot,
  drawVectors,
  lay,
  type Picture,
  put,
  type Raster,
  raster,
  sample,
  weathering,
} from './raster.ts'
import { drawSky, type Sky, skyAt, type View } from './sky.ts'
import { lamp, tower } from './tower.ts'
import { type Mirror, waterAt } from './water.ts'

const view: View = {
  width: 1200,
  height: 1600,
  focal: 1500,
  centre: 600,
  horizon: 1080,
  eye: 9,
  sun: 150,
}

/** Draws a lighthouse on a cliff. `scale` 1 is 1200 x 1600 pixels. */
export async function drawLighthouse(scale: number): Promise<Picture> {
  const width = Math.round(view.width * scale)
  const height = Math.round(view.height * scale)
  const sky = drawSky(view, 1100, Math.min(scale, 0.7), 21)
  const mirror = drawMirror(sky, Math.min(scale, 0.8))
  const overlay = await drawVectors(tower(), [0, 0, view.width, view.height], width, height)
  const glow = drawGlow(Math.min(scale, 0.25))
  const data = new Uint8Array(width * height * 3)
  const develop = developer({ width, height, grain: 5, vignette: 0.6, seed: 12 })
  const colour: Colour = { r: 0, g: 0, b: 0 }
  const halo: Colour = { r: 0, g: 0, b: 0 }
  const pixel = 1 / scale
  for (let column = 0; column < width; column += 1) columnEdges(column, (column + 0.5) * pixel)
  for (let row = 0; row < height; row += 1) {
    const y = (row + 0.5) * pixel
    for (let column = 0; column < width; column += 1) {
      const x = (column + 0.5) * pixel
      const top = tops[column] ?? 0
      const foot = feet[column] ?? 0
      if (y > view.horizon + 1) waterAt(view, mirror, x, y, pixel, colour)
      else skyAt(sky, x, Math.min(y, view.horizon - 1), colour)
      addSurf(x, y, foot, colour)
      const cover = Math.min(unit((y - top) * scale + 0.5), unit((foot - y) * scale + 0.5))
      if (cover > 0) {
        cliffAt(x, y, top, foot, stone)
        blend(colour, stone.r, stone.g, stone.b, cover)
      }
      lay(overlay, column, row, 0.5 + 0.5 * weathering(overlay, column, row, scale), colour)
      sample(
        glow,
        (column + 0.5) * (glow.width / width),
        (row + 0.5) * (glow.height / height),
        halo,
      )
      colour.r += halo.r
      colour.g += halo.g
      colour.b += halo.b
      develop(row, column, colour, data)
    }
  }
  return { width, height, data }
}

const stone: Colour = { r: 0, g: 0, b: 0 }
const tops: number[] = []
const feet: number[] = []

/** Remembers where the cliff begins and ends in a column. */
function columnEdges(column: number, x: number): void {
  tops[column] = cliffTop(x)
  feet[column] = cliffFoot(x)
}

/** Foam where the sea meets the rock, and swell that carries it. */
function addSurf(x: number, y: number, foot: number, colour: Colour): void {
  if (y < view.horizon + 2) return
  const rocks = smoothstep(250, 420, x)
  const distance = Math.abs(y - foot - 6) + (1 - rocks) * 60
  const lace = fractal(x / 34, y / 9, 360, 5)
  const fine = fractal(x / 7, y / 3, 365, 3)
  const near = Math.exp(-distance / 26) * 0.36 + Math.exp(-distance / 120) * 0.2
  const foam = smoothstep(0.6, 0.98, near + lace * 0.8 + (fine - 0.5) * 0.5 - 0.06)
  blend(colour, 0.78, 0.72, 0.76, foam * 0.85)
}

function drawMirror(sky: Sky, scale: number): Mirror {
  const left = -80
  const top = view.horizon
  const width = Math.ceil((view.width + 160) * scale)
  const height = Math.ceil((view.height - top + 160) * scale)
  const target = raster(width, height)
  const colour: Colour = { r: 0, g: 0, b: 0 }
  for (let column = 0; column < width; column += 1) {
    const x = left + (column + 0.5) / scale
    const crown = cliffTop(x)
    const foot = cliffFoot(x)
    for (let row = 0; row < height; row += 1) {
      const y = top + (row + 0.5) / scale
      const image = 2 * foot - y
      if (image > crown && image < foot) {
        cliffAt(x, image, crown, foot, colour)
      } else skyAt(sky, x, 2 * top - y - 2, colour)
      put(target, column, row, colour)
    }
  }
  return { raster: target, scale, top, left }
}

/** Draws the beam of the lamp in the damp air. */
function drawGlow(scale: number): Raster {
  const target = raster(Math.round(view.width * scale), Math.round(view.height * scale))
  const light: Colour = { r: 1, g: 0.84, b: 0.56 }
  for (let row = 0; row < target.height; row += 1) {
    for (let column = 0; column < target.width; column += 1) {
      const dx = (column + 0.5) / scale - lamp.x
      const dy = (row + 0.5) / scale - lamp.y
      const distance = Math.hypot(dx, dy) + 1
      const tilt = dx < 0 ? dy / distance - 0.1 : dy / distance + 0.07
      const wide = dx < 0 ? 0.05 : 0.035
      const level =
        (dx < 0 ? 0.42 : 0.24) *
        Math.exp(-((tilt / wide) ** 2) - distance / 620) *
        smoothstep(0, 40, Math.abs(dx))
      const at = (row * target.width + column) * 3
      target.data[at] = light.r * level
      target.data[at + 1] = light.g * level
      target.data[at + 2] = light.b * level
    }
  }
  addSpot(target, lamp.x * scale, lamp.y * scale, 26 * scale, 0.9, light)
  addSpot(target, lamp.x * scale, lamp.y * scale, 110 * scale, 0.24, light)
  addSpot(target, 935 * scale, 842 * scale, 40 * scale, 0.22, { r: 1, g: 0.66, b: 0.32 })
  return target
}
