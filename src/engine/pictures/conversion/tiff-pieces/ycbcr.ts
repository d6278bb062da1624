import {
  numberOf,
  numbersOf,
  TIFF_TAGS,
  type TiffDirectory,
} from '../../../../sources/tiff-directory.ts'

/** What is taken where nothing is told (TIFF 6.0, section 21): the shares of brightness are those of ITU-R BT.601. */
const USUAL_SHARES = [0.299, 0.587, 0.114]
const USUAL_ENDS = [0, 255, 128, 255, 128, 255]

/** How far differences of colours go to each side, in bytes. */
const MOST_DIFFERENCE = 127

/**
 * Makes what turns brightness and differences of colours into red, green and blue, in place, by the shares and ends that a directory
 * tells.
 *
 * @returns takes pixels of 8 bits a sample, and how many samples each has
 */
export function createYcbcrTurner(
  directory: TiffDirectory,
): (pixels: Uint8Array, samples: number) => void {
  const [ofRed, ofGreen, ofBlue] = soundly(
    numbersOf(directory, TIFF_TAGS.ycbcrCoefficients),
    USUAL_SHARES,
  )
  const [black, white, noBlue, mostBlue, noRed, mostRed] = soundly(
    // Of more bits some write them in bytes, and some do not.
    numberOf(directory, TIFF_TAGS.bitsPerSample) === 8
      ? numbersOf(directory, TIFF_TAGS.referenceBlackWhite)
      : [],
    USUAL_ENDS,
  )
  const brightness = scale(black, white, 255)
  const toBlue = scale(noBlue, mostBlue, MOST_DIFFERENCE)
  const toRed = scale(noRed, mostRed, MOST_DIFFERENCE)
  return (pixels, samples) => {
    for (let at = 0; at < pixels.length; at += samples) {
      const y = brightness(pixels[at] ?? 0)
      const blue = y + toBlue(pixels[at + 1] ?? 0) * (2 - 2 * ofBlue)
      const red = y + toRed(pixels[at + 2] ?? 0) * (2 - 2 * ofRed)
      pixels[at] = toByte(red)
      pixels[at + 1] = toByte((y - ofRed * red - ofBlue * blue) / ofGreen)
      pixels[at + 2] = toByte(blue)
    }
  }
}

type Sound = readonly [number, number, number, number, number, number]

/** Numbers that are told, or the usual ones where they are not all there. */
function soundly(told: readonly number[], usual: readonly number[]): Sound {
  const isSound = told.length >= usual.length && told.every(Number.isFinite)
  const [first = 0, second = 1, third = 0, fourth = 1, fifth = 0, sixth = 1] = isSound
    ? told
    : usual
  return [first, second, third, fourth, fifth, sixth]
}

function scale(nothing: number, most: number, to: number): (value: number) => number {
  const factor = to / (most === nothing ? 1 : most - nothing)
  return (value) => (value - nothing) * factor
}

function toByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)))
}
