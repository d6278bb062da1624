import type { Size } from '../../dimensions.ts'
import { encodeLight } from '../../meaning/to-srgb.ts'
import type { Blending } from './blend.ts'

/** Red, green and blue as light, and how much they cover. */
const SAMPLES = 4

/** As much memory as a pixel of a canvas takes, in bytes. */
export const CANVAS_BYTES = SAMPLES * 4

/** What layers are laid on, one after the other. */
export class Canvas {
  readonly width: number
  readonly height: number
  readonly #pixels: Float32Array

  constructor({ width, height }: Size) {
    this.width = width
    this.height = height
    this.#pixels = new Float32Array(width * height * SAMPLES)
  }

  /** The pixel at a place: the place of its first sample among all, and its samples. */
  placeOf(x: number, y: number): number {
    return (y * this.width + x) * SAMPLES
  }

  get samples(): Readonly<Float32Array> {
    return this.#pixels
  }

  /**
   * Lays a pixel over what is there.
   *
   * @param place - that of its first sample
   * @param colour - its colours as light
   * @param covers - how much of what is below it covers, from 0 to 1
   */
  lay(place: number, colour: ArrayLike<number>, covers: number, blending: Blending): void {
    const pixels = this.#pixels
    if (covers === 0) return
    const { mix, laysLight } = blending
    const below = pixels[place + 3] ?? 0
    // Other modes than covering show nothing where there is nothing to blend with.
    if (mix !== undefined && below === 0) return
    const alpha = mix === undefined ? covers + below * (1 - covers) : below
    const share = mix === undefined ? covers / alpha : covers
    for (let at = 0; at < 3; at += 1) {
      const [over, under] = [colour[at] ?? 0, pixels[place + at] ?? 0]
      const mixed = mix === undefined ? over : mixIn(mix, over, under, blending)
      pixels[place + at] =
        share === 1 || (laysLight && mixed === under)
          ? mixed
          : laysLight
            ? mixed * share + under * (1 - share)
            : toLight(toSight(mixed) * share + toSight(under) * (1 - share))
    }
    pixels[place + 3] = alpha
  }

  /** Rows of samples of 8 bits, of colours or of grey, and of how much they cover. */
  rows(y: number, count: number, isGrey: boolean): Uint8Array {
    const samples = isGrey ? 2 : SAMPLES
    const bytes = new Uint8Array(this.width * count * samples)
    for (let from = this.placeOf(0, y), to = 0; to < bytes.length; from += SAMPLES, to += samples) {
      for (let at = 0; at < samples - 1; at += 1)
        bytes[to + at] = encodeLight(this.#pixels[from + at] ?? 0)
      bytes[to + samples - 1] = Math.round((this.#pixels[from + 3] ?? 0) * 255)
    }
    return bytes
  }

  /** Whether each pixel covers all. */
  isOpaque(): boolean {
    for (let at = 3; at < this.#pixels.length; at += SAMPLES)
      if ((this.#pixels[at] ?? 0) < 1) return false
    return true
  }
}

function mixIn(
  mix: NonNullable<Blending['mix']>,
  over: number,
  under: number,
  { mixesLight, clips }: Blending,
): number {
  const mixed = mixesLight ? mix(over, under) : mix(toSight(over), toSight(under))
  const kept = clips ? Math.min(1, Math.max(0, mixed)) : mixed
  return mixesLight ? kept : toLight(kept)
}

/** What sRGB encodes light as, and the light of that (IEC 61966-2-1). */
function toSight(light: number): number {
  return light > 0.0031308 ? 1.055 * light ** (1 / 2.4) - 0.055 : 12.92 * light
}

/** The light of a sample from 0 to 1 that is encoded as sRGB has it. */
export function toLight(value: number): number {
  return value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92
}
