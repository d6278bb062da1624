import type { WrittenColours } from '../encoding.ts'
import type { Raster } from '../raster.ts'
import { openInColours } from './open-in-colours.ts'

/** The numbers of a picture as they are written, pixel by pixel. */
export interface Samples {
  readonly samples: Buffer
  /** Grey, RGB or CMYK. */
  readonly channels: 1 | 3 | 4
}

const CHANNELS = { gray: 1, rgb: 3, cmyk: 4 } as const

/** Converts an opaque picture into the colours in which it is written. */
export async function toSamples(raster: Raster, colours: WrittenColours): Promise<Samples> {
  const { pixelType, profile } = colours
  const channels = CHANNELS[pixelType]
  const isThere = pixelType === 'rgb' && (profile?.profile ?? 'srgb') === 'srgb'
  if (isThere) return { samples: raster.pixels, channels }
  return { samples: await (await openInColours(raster, colours, false)).raw().toBuffer(), channels }
}
