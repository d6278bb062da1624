import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { ensureLargeSample } from '../../scripts/samples.ts'

/** How many photos a busy service gets. */
export const PHOTOS = 100

const HUGE = { width: 16_000, height: 12_500 }
const PHOTO = { width: 1632, height: 1224 }

/** The 24-megapixel sample. */
export const largePhoto = ensureLargeSample

/** A scan of 200 megapixels: the sample, again and again, in strips of LZW as Photoshop writes them. */
export async function makeHugeScan(folder: string): Promise<string> {
  const file = path.join(folder, 'huge.tif')
  const sample = sharp(await largePhoto())
  const { width, height } = await sample.metadata()
  await sample
    .extend({
      right: HUGE.width - width,
      bottom: HUGE.height - height,
      extendWith: 'repeat',
    })
    .tiff({ compression: 'lzw', predictor: 'horizontal' })
    .toFile(file)
  return file
}

/** A hundred photos of 2 megapixels: as many parts of the sample, so that no two are the same. */
export async function makePhotos(folder: string): Promise<string[]> {
  const { data, info } = await sharp(await largePhoto())
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  await mkdir(path.join(folder, 'photos'))
  const files = Array.from({ length: PHOTOS }, (_, index) =>
    path.join(folder, 'photos', `photo${index}.jpg`),
  )
  for (const [index, file] of files.entries()) {
    const share = index / (PHOTOS - 1)
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
