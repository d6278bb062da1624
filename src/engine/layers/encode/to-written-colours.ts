import type { WrittenColours } from '../encoding.ts'
import type { Raster } from '../raster.ts'
import { openInColours } from './open-in-colours.ts'

/** A picture in the colours in which it is written, but in three components where that is grey: for what has a palette. */
export async function toWrittenColours(raster: Raster, colours: WrittenColours): Promise<Raster> {
  const name = colours.profile?.profile ?? 'srgb'
  if (colours.pixelType === 'rgb' && name === 'srgb') return raster
  const { data, info } = await (
    await openInColours(raster, colours, false)
  )
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels >= 3) return { ...raster, pixels: data }
  // sharp leaves the alpha of what is grey out of raw pixels.
  const pixels = Buffer.from(raster.pixels)
  for (let to = 0, from = 0; to < pixels.length; to += raster.channels, from += info.channels) {
    pixels.fill(data[from] ?? 0, to, to + 3)
  }
  return { ...raster, pixels }
}
