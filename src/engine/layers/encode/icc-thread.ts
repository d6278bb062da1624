import {
  ColorProfile,
  MagickFormat,
  MagickImage,
  MagickReadSettings,
  RenderingIntent,
} from '@imagemagick/magick-wasm'
import { serveThread } from '../../../tasks/serve-thread.ts'
import { loadDecoder } from '../../pictures/conversion/magick-decode.ts'
import type { IccTask } from './icc-task.ts'

const INTENTS = {
  perceptual: RenderingIntent.Perceptual,
  relative: RenderingIntent.Relative,
  saturation: RenderingIntent.Saturation,
  absolute: RenderingIntent.Absolute,
} as const

/** Answers a TIFF in the colours of the profile, which is in it; undefined when there is no way into them. */
function work(task: IccTask): Uint8Array<ArrayBuffer> | undefined {
  const { samples, layout, width, height, intent, blackPoint } = task
  const image = MagickImage.create()
  try {
    image.read(samples, new MagickReadSettings({ format: layout, width, height, depth: 8 }))
    image.renderingIntent = INTENTS[intent]
    image.blackPointCompensation = blackPoint
    const [from, to] = [new ColorProfile(task.from), new ColorProfile(task.to)]
    if (!image.transformColorSpace(from, to)) return undefined
    // A copy, since the memory that it is in moves when it grows.
    return image.write(MagickFormat.Tiff, (file) => file.slice())
  } finally {
    image.dispose()
  }
}

await loadDecoder()
serveThread({ work, transferred: (file) => (file ? [file.buffer] : []) })
