import type { Size } from '../dimensions.ts'
import { SRGB_PRIMARIES } from '../meaning/colour-space.ts'
import { halfToFloat } from './half.ts'
import { showLight } from './light/light.ts'

/** Samples of more than 8 bits: red, green, blue and alpha, as far as there are so many, or one that is grey. */
export interface DeepSamples {
  readonly channels: 1 | 2 | 3 | 4
  readonly numbers: 'whole' | 'half' | 'float'
}

/** How many bytes a pixel has. */
export function bytesOfDeep({ channels, numbers }: DeepSamples): number {
  return channels * (numbers === 'float' ? 4 : 2)
}

/** Pixels of 32 bits, of blue, green, red and alpha; what is a number of light is shown as OpenEXR is. */
export function deepToBgra(content: Buffer, size: Size, samples: DeepSamples): Buffer {
  return samples.numbers === 'whole'
    ? highBytes(content, samples)
    : lightToBgra(content, size, samples)
}

function highBytes(content: Buffer, { channels }: DeepSamples): Buffer {
  return spread(content.length / 2 / channels, channels, (pixel, channel) =>
    Math.round(content.readUInt16LE((pixel * channels + channel) * 2) / 257),
  )
}

function lightToBgra(content: Buffer, size: Size, { channels, numbers }: DeepSamples): Buffer {
  const read =
    numbers === 'half'
      ? (at: number) => halfToFloat(content.readUInt16LE(at * 2))
      : (at: number) => content.readFloatLE(at * 4)
  const count = size.width * size.height
  const alphaOf = (pixel: number): number => (channels === 4 ? read(pixel * 4 + 3) : 1)
  const plane = (channel: number): Float32Array =>
    channel < channels
      ? Float32Array.from(
          { length: count },
          (_, pixel) => read(pixel * channels + channel) * alphaOf(pixel),
        )
      : new Float32Array(count)
  const shown = showLight({
    ...size,
    primaries: SRGB_PRIMARIES,
    colours: channels === 1 ? [plane(0)] : [plane(0), plane(1), plane(2)],
    alpha:
      channels === 4
        ? Float32Array.from({ length: count }, (_, pixel) => alphaOf(pixel))
        : undefined,
  })
  const rows = shown.rows(0, size.height)
  const written = channels === 2 ? 3 : channels
  return spread(count, written, (pixel, channel) => rows[pixel * written + channel] ?? 0)
}

/** Puts samples of 8 bits, in the order of red, green, blue and alpha, where pixels have them. */
function spread(
  count: number,
  channels: number,
  sampleOf: (pixel: number, channel: number) => number,
): Buffer {
  const pixels = Buffer.alloc(count * 4)
  for (let pixel = 0; pixel < count; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const from = channels === 1 ? 0 : channel
      pixels[pixel * 4 + 2 - channel] = from < channels ? sampleOf(pixel, from) : 0
    }
    pixels[pixel * 4 + 3] = channels === 4 ? sampleOf(pixel, 3) : 255
  }
  return pixels
}
