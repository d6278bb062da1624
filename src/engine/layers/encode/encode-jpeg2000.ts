import { createThread } from '../../../tasks/thread.ts'
import type { Encoding } from '../encoding.ts'
import type { Raster } from '../raster.ts'
import type { PixelEncoder } from './file-encoder.ts'
import { withJp2Resolution } from './jp2-resolution.ts'
import type { Jpeg2000Task } from './jpeg2000-task.ts'
import { resolutionOf } from './open-in-colours.ts'
import { toWrittenColours } from './to-written-colours.ts'

/** Five times what the largest views take on two cores of a cloud machine. */
const LONGEST_MS = 60_000

/** As much memory as an idle thread may keep, in bytes: what a view of some megapixels has left. */
const MOST_HELD_BYTES = 256_000_000

/** libvips is built without OpenJPEG here, and ImageMagick in WebAssembly has it. */
const { run } = createThread<(task: Jpeg2000Task) => Uint8Array>({
  module: new URL('./jpeg2000-thread.ts', import.meta.url),
  longestMs: LONGEST_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/** What is lost at the quality 0, and how much less at each above it, in decibels: so 80 has 42, and looks like such a JPEG. */
const LOWEST_DECIBELS = 26
const DECIBELS_PER_QUALITY = 0.2

/** Encodes a JPEG 2000 in a JP2 file. */
export const encodeJpeg2000: PixelEncoder = async (raster, encoding, { signal }) => {
  const { width, height } = raster
  const coloured = await toWrittenColours(raster, encoding)
  const picture = encoding.pixelType === 'gray' ? toGrey(coloured) : inColour(coloured)
  const task = { ...picture, width, height, decibels: decibelsOf(encoding) }
  const file = await run(task, signal)
  if (file === undefined) throw new Error(`JPEG 2000 took more than ${LONGEST_MS / 1000} seconds`)
  const made = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const resolution = resolutionOf(encoding)
  return resolution === undefined ? made : withJp2Resolution(made, resolution)
}

function inColour({ pixels, channels }: Raster): Pick<Jpeg2000Task, 'samples' | 'layout'> {
  return { samples: pixels, layout: channels === 4 ? 'RGBA' : 'RGB' }
}

/** Of what has the same in all three components. */
function toGrey({ pixels, channels }: Raster): Pick<Jpeg2000Task, 'samples' | 'layout'> {
  const kept = channels === 4 ? 2 : 1
  const samples = Buffer.alloc((pixels.length / channels) * kept)
  for (let to = 0, from = 0; to < samples.length; to += kept, from += channels) {
    samples[to] = pixels[from] ?? 0
    if (kept === 2) samples[to + 1] = pixels[from + 3] ?? 0
  }
  return { samples, layout: kept === 2 ? 'GRAYA' : 'GRAY' }
}

function decibelsOf({ compression, quality }: Encoding): number | undefined {
  return compression === 'lossless' ? undefined : LOWEST_DECIBELS + quality * DECIBELS_PER_QUALITY
}
