import type { ColourSpace } from '../meaning/colour-space.ts'
import { createToSrgb, encodeLight } from '../meaning/to-srgb.ts'

/**
 * Takes the white out of colours that Photoshop has put on it. The last sample of a pixel is its transparency.
 *
 * @param pixels - 8 bits a sample; changed in place
 * @param white - the samples of white
 */
export function takeOffWhite(pixels: Uint8Array, white: readonly number[]): void {
  const samples = white.length + 1
  for (let start = 0; start < pixels.length; start += samples) {
    const alpha = pixels[start + white.length] ?? 0
    if (alpha === 0 || alpha === 255) continue
    for (let index = 0; index < white.length; index++) {
      const ground = white[index] ?? 0
      const mixed = pixels[start + index] ?? 0
      const colour = ground + ((mixed - ground) * 255) / alpha
      pixels[start + index] = Math.min(255, Math.max(0, Math.round(colour)))
    }
  }
}

/**
 * Undoes that colours have been multiplied with how much they cover, which is the last sample of a pixel.
 *
 * @param pixels - 8 bits a sample; changed in place
 */
export function divideByAlpha(pixels: Uint8Array, samples: number): void {
  for (let start = 0; start < pixels.length; start += samples) {
    const alpha = pixels[start + samples - 1] ?? 0
    if (alpha === 0) continue
    for (let at = start; at < start + samples - 1; at += 1)
      pixels[at] = Math.min(255, Math.round(((pixels[at] ?? 0) * 255) / alpha))
  }
}

/**
 * Makes what turns the colours of a space into sRGB, in place.
 *
 * @param options.samples - how many samples of 8 bits a pixel has, of which the first or the first three are colours
 */
export function createRowTurner(
  space: ColourSpace,
  { samples, isGrey }: { readonly samples: number; readonly isGrey: boolean },
): (pixels: Uint8Array) => void {
  const toSrgb = createToSrgb(space)
  const shown = new Uint8Array(3)
  return (pixels) => {
    for (let at = 0; at < pixels.length; at += samples) {
      const first = (pixels[at] ?? 0) / 255
      const [second, third] = isGrey
        ? [first, first]
        : [(pixels[at + 1] ?? 0) / 255, (pixels[at + 2] ?? 0) / 255]
      toSrgb(first, second, third, shown, 0)
      pixels.set(isGrey ? shown.subarray(0, 1) : shown, at)
    }
  }
}

/**
 * Turns L*a*b* into sRGB as a colour profile would. libvips reads no Lab of 8 bits, and both it and ImageMagick take
 * what counts from D50 as counted from D65, which makes blue a light blue.
 *
 * @param pixels - 8 bits a sample, a* and b* from -128 on; changed in place
 * @param samples - how many samples a pixel has, of which the first three are turned
 */
export function turnLabIntoRgb(pixels: Uint8Array, samples: number): void {
  for (let start = 0; start < pixels.length; start += samples) {
    const y = ((pixels[start] ?? 0) / 255 + 0.16) / 1.16
    const x = y + ((pixels[start + 1] ?? 0) - 128) / 500
    const z = y - ((pixels[start + 2] ?? 0) - 128) / 200
    const [x3, y3, z3] = [0.96422 * unfold(x), unfold(y), 0.82521 * unfold(z)]
    // The inverse of the matrix in the profile sRGB IEC61966-2.1.
    pixels[start] = encodeLight(3.1338561 * x3 - 1.6168667 * y3 - 0.4906146 * z3)
    pixels[start + 1] = encodeLight(-0.9787684 * x3 + 1.9161415 * y3 + 0.033454 * z3)
    pixels[start + 2] = encodeLight(0.0719453 * x3 - 0.2289914 * y3 + 1.4052427 * z3)
  }
}

/**
 * Turns Y, Cb and Cr into red, green and blue as JFIF has them.
 *
 * @param pixels - 8 bits a sample; changed in place
 * @param samples - how many samples a pixel has, of which the first three are turned
 */
export function turnYcbcrIntoRgb(pixels: Uint8Array, samples: number): void {
  for (let at = 0; at < pixels.length; at += samples) {
    const y = pixels[at] ?? 0
    const [blue, red] = [(pixels[at + 1] ?? 0) - 128, (pixels[at + 2] ?? 0) - 128]
    pixels[at] = toByte(y + 1.402 * red)
    pixels[at + 1] = toByte(y - 0.344_136 * blue - 0.714_136 * red)
    pixels[at + 2] = toByte(y + 1.772 * blue)
  }
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)))
}

/** The inverse of the function with which CIE 1976 L*a*b* folds X, Y and Z. */
function unfold(value: number): number {
  return value > 6 / 29 ? value ** 3 : (value - 4 / 29) * 3 * (6 / 29) ** 2
}
