import type { Colour } from './colour.ts'
import { hashBits } from './noise.ts'

/** How the film renders a scene. */
export type Film = { width: number; height: number; grain: number; vignette: number; seed: number }

/** @returns a function that writes one row of finished pixels from display values */
export function developer(film: Film) {
  const { width, height, grain, vignette, seed } = film
  const above = new Float32Array(width + 1)
  return (row: number, column: number, colour: Colour, out: Uint8Array): void => {
    const dx = (column + 0.5) / width - 0.5
    const dy = (row + 0.5) / height - 0.5
    const fall = dx * dx + dy * dy
    const corner = 1 - vignette * fall * (0.6 + fall)
    const bits = hashBits(column, row, seed)
    const fresh = ((bits & 1023) + ((bits >>> 10) & 1023)) / 1023 - 1
    const left = column === 0 ? 0 : (above[column] ?? 0)
    const clump = fresh * 0.72 + left * 0.34 + (above[column + 1] ?? 0) * 0.34
    above[column + 1] = clump
    const tinge = (((bits >>> 20) & 2047) / 2047 - 0.5) * grain * 0.7
    const light = 0.3 * colour.r + 0.55 * colour.g + 0.15 * colour.b
    const strength = grain * (0.65 + 0.7 * (1 - Math.abs(light * 2 - 0.9)))
    const speck = clump * strength
    const at = (row * width + column) * 3
    out[at] = toByte(colour.r * corner, speck + tinge)
    out[at + 1] = toByte(colour.g * corner, speck)
    out[at + 2] = toByte(colour.b * corner, speck - tinge)
  }
}

/** A film's curve: shadows are lifted a little, highlights roll off instead of clipping. */
function toByte(value: number, speck: number): number {
  const contrast = value < 0 ? 0 : value * (0.86 + 0.42 * value - 0.26 * value * value)
  const rolled = value > 0.78 ? shoulder(value) : contrast
  const byte = (0.012 + 0.985 * rolled) * 255 + speck
  return byte < 0 ? 0 : byte > 255 ? 255 : byte + 0.5
}

const KNEE = 0.78
const kneeLevel = KNEE * (0.86 + 0.42 * KNEE - 0.26 * KNEE * KNEE)
const kneeSlope = 0.86 + 0.84 * KNEE - 0.78 * KNEE * KNEE

function shoulder(value: number): number {
  const room = 1 - kneeLevel
  return 1 - room * Math.exp((-(value - KNEE) * kneeSlope) / room)
}
