import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'

/** How many photos a busy service gets. */
export const PHOTOS = 100

const LARGE = { width: 6000, height: 4000 }
const HUGE = { width: 16_000, height: 12_500 }
const PHOTO = { width: 1632, height: 1224 }

/** The grain of a film, of which the same piece is laid over a whole picture. */
const GRAIN = {
  width: 500,
  height: 500,
  channels: 3,
  background: 'grey',
  noise: { type: 'gaussian', mean: 128, sigma: 11 },
} as const

/**
 * Makes a photo of 24 megapixels: the sample enlarged, with a grain that has it compress as cameras' photos do.
 *
 * @returns the path of the file
 */
export async function makeLargePhoto(folder: string): Promise<string> {
  const file = path.join(folder, 'harbour-24mp.jpg')
  const grain = await sharp({ create: GRAIN }).png().toBuffer()
  await sharp('samples/harbour.jpg')
    .resize(LARGE)
    .composite([{ input: grain, blend: 'soft-light', tile: true }])
    .keepMetadata()
    .jpeg({ quality: 93 })
    .toFile(file)
  return file
}

/** Makes a scan of 200 megapixels: the photo, again and again, in strips of LZW as Photoshop writes them. */
export async function makeHugeScan(folder: string, photo: string): Promise<string> {
  const file = path.join(folder, 'huge.tif')
  await sharp(photo)
    .extend({
      right: HUGE.width - LARGE.width,
      bottom: HUGE.height - LARGE.height,
      extendWith: 'repeat',
    })
    .tiff({ compression: 'lzw', predictor: 'horizontal' })
    .toFile(file)
  return file
}

/**
 * Makes photos of 2 megapixels: as many parts of the large one, so that no two are the same.
 *
 * @returns their paths, in a folder of their own
 */
export async function makePhotos(
  folder: string,
  photo: string,
  count: number = PHOTOS,
): Promise<string[]> {
  const { data, info } = await sharp(photo).raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  await mkdir(path.join(folder, 'photos'))
  const files = Array.from({ length: count }, (_, index) =>
    path.join(folder, 'photos', `photo${index}.jpg`),
  )
  for (const [index, file] of files.entries()) {
    const share = index / (count - 1)
    await sharp(data, { raw: { width, height, channels } })
      .extract({
        left: Math.floor(share * (width - PHOTO.width)),
        top: Math.floor(share * (height - PHOTO.height)),
        ...PHOTO,
      })
      .jpeg({ quality: 90 })
      .toFile(file)
  }
  return files
}
