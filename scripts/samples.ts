import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { drawHarbour } from './samples/harbour.ts'
import { drawLighthouse } from './samples/lighthouse.ts'
import { drawLogo } from './samples/logo.ts'
import type { Picture } from './samples/raster.ts'

/** Where the samples lie. */
export const samplesFolder: string = join(import.meta.dirname, '..', 'samples')

const LARGE = 'large/harbour-24mp.jpg'

const drawers = {
  'harbour.jpg': async (scale: number) =>
    encode(await drawHarbour(scale), 85, 1, 'Harbour at dusk'),
  'portrait.jpg': async (scale: number) =>
    encode(await drawLighthouse(scale), 82, 6, 'Lighthouse on a cliff'),
  'logo.png': drawLogo,
  [LARGE]: async (scale: number) =>
    encode(await drawHarbour(2.5 * scale), 93, 1, 'Harbour at dusk, 24 megapixels'),
}

/** The name of a sample: its path in the folder of samples. */
export type SampleName = keyof typeof drawers

/** The samples that are part of the repository. */
export const committedSamples: readonly SampleName[] = ['harbour.jpg', 'portrait.jpg', 'logo.png']

/**
 * Draws a sample, the same one every time.
 *
 * @param scale 1 is the size that the sample has in its folder
 * @returns the bytes of the file
 */
export function drawSample(name: SampleName, scale = 1): Promise<Buffer> {
  return drawers[name](scale)
}

/**
 * Makes sure that the 24 megapixel photograph, which is too large for the repository, has been drawn.
 *
 * @returns the path of the file
 */
export async function ensureLargeSample(): Promise<string> {
  const path = join(samplesFolder, LARGE)
  if (!existsSync(path)) await save(LARGE)
  return path
}

/** Stores pixels as a JPEG; an orientation of 6 has a camera's sensor on its side, as phones do. */
async function encode(
  picture: Picture,
  quality: number,
  orientation: 1 | 6,
  title: string,
): Promise<Buffer> {
  const { width, height, data } = picture
  return sharp(data, { raw: { width, height, channels: 3 } })
    .rotate(orientation === 6 ? 270 : 0)
    .withExif({ IFD0: { ImageDescription: title, Artist: 'Darkroom sample' } })
    .withMetadata({ orientation, density: 72 })
    .jpeg({ quality, progressive: false, chromaSubsampling: '4:2:0' })
    .toBuffer()
}

/** Writes a sample under another name first, so that nobody reads half of it. */
async function save(name: SampleName): Promise<void> {
  const path = join(samplesFolder, name)
  await mkdir(dirname(path), { recursive: true })
  const bytes = await drawSample(name)
  const partial = `${path}.${randomUUID()}.part`
  try {
    await writeFile(partial, bytes)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

async function main(options: readonly string[]): Promise<number> {
  const unknown = options.find((option) => option !== '--large' && option !== '--force')
  if (unknown !== undefined) {
    console.error(`Unknown option ${unknown}: only --large and --force are understood.`)
    return 2
  }
  const names: readonly SampleName[] = options.includes('--large')
    ? [...committedSamples, LARGE]
    : committedSamples
  for (const name of names) {
    if (!options.includes('--force') && existsSync(join(samplesFolder, name))) {
      console.log(`samples/${name} is there`)
      continue
    }
    const start = performance.now()
    await save(name)
    console.log(`samples/${name} drawn in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  return 0
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
