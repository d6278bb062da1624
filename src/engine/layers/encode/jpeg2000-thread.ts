import { MagickFormat, MagickImage, MagickReadSettings } from '@imagemagick/magick-wasm'
import { serveThread } from '../../../tasks/serve-thread.ts'
import { loadDecoder } from '../../pictures/conversion/magick-decode.ts'
import type { Jpeg2000Task } from './jpeg2000-task.ts'

/** To ImageMagick, which else takes a quality for decibels. */
const LOSSLESS = 100

function work({ samples, layout, width, height, decibels }: Jpeg2000Task): Uint8Array<ArrayBuffer> {
  const image = MagickImage.create()
  try {
    image.read(samples, new MagickReadSettings({ format: layout, width, height, depth: 8 }))
    image.quality = LOSSLESS
    if (decibels !== undefined) {
      image.settings.setDefine(MagickFormat.Jp2, 'quality', String(decibels))
    }
    // A copy, since the memory that it is in moves when it grows.
    return image.write(MagickFormat.Jp2, (file) => file.slice())
  } finally {
    image.dispose()
  }
}

await loadDecoder()
serveThread({ work, transferred: (file) => [file.buffer] })
