import sharp from 'sharp'

/** A JPEG with the grain of a photo, which takes an encoder as long as a photo does. Width and height in pixels. */
export async function drawPhoto(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const grain = { type: 'gaussian' as const, mean: 128, sigma: 30 }
  const picture = await sharp({
    create: { width, height, channels: 3, background: 'teal', noise: grain },
  })
    .jpeg()
    .toBuffer()
  return new Uint8Array(picture)
}
