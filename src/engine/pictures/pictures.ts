import { join } from 'node:path'
import { type IdentifiedSource, identifySource } from '../../sources/identify.ts'
import { type Job, type Operation, onlySource, startEach } from '../operation.ts'
import { needsPreview, writePreview } from '../pages/preview.ts'
import { startWithPages } from './all-pages.ts'
import { doesCarried, largestSide } from './carried-picture.ts'
import { createPictureLoader } from './document-pictures.ts'
import { fetchWatermark } from './fetch-watermark.ts'
import { identifyPicture } from './identify-picture.ts'
import { type PictureOptions, pictureOptions } from './options.ts'
import type { RenditionFile } from './render.ts'
import { MAX_SOURCE_PIXELS } from './source.ts'

/**
 * Makes the operation that makes pictures of a picture, a drawing, a page of a PDF file, or the preview of an office
 * document.
 *
 * @param options.maxPixels - the most pixels that a source or a rendition may have
 * @param options.previews - whether office documents are taken
 */
export function createPictures({
  maxPixels = MAX_SOURCE_PIXELS,
  previews = true,
} = {}): Operation<PictureOptions> {
  return {
    options: pictureOptions,
    run(job) {
      const started = start(job, { maxPixels, previews })
      started.catch(() => undefined)
      return startEach(job, 'picture', async (_options, _path, index) => {
        const file = await (await started)[index]
        if (file === undefined) throw new RangeError(`the job has no picture ${index}`)
        return [file]
      })
    },
  }
}

async function start(
  job: Job<PictureOptions>,
  { maxPixels, previews }: { readonly maxPixels: number; readonly previews: boolean },
): Promise<readonly Promise<RenditionFile>[]> {
  const { wanted, folder, fetch, signal } = job
  const source = await identifyPicture(onlySource(job).path)
  const { picture, remarks } =
    previews && needsPreview(source)
      ? await preview(source, job, maxPixels)
      : { picture: source, remarks: [] }
  const orders = wanted.map((options, index) => ({
    options,
    path: join(folder, `picture${index}`),
  }))
  const files = await startWithPages(picture, orders, {
    maxPixels,
    loadWatermark: (url) => fetchWatermark(url, { fetch, signal }),
    signal,
  })
  const told = files.map((file) => withRemarks(file, remarks))
  void Promise.allSettled(told)
  return told
}

async function withRemarks(
  made: Promise<RenditionFile>,
  before: readonly string[],
): Promise<RenditionFile> {
  const file = await made
  return before.length === 0 ? file : { ...file, remarks: [...before, ...(file.remarks ?? [])] }
}

/**
 * All pictures of a document are made of one preview, which a password that any of them has opens.
 *
 * @returns the preview, and what is not on it as the document has it
 */
async function preview(
  source: IdentifiedSource,
  job: Job<PictureOptions>,
  maxPixels: number,
): Promise<{ readonly picture: IdentifiedSource; readonly remarks: readonly string[] }> {
  const { wanted, folder, signal } = job
  const previewPath = join(folder, 'preview')
  const password = wanted.map((options) => options.password).find((each) => each !== undefined)
  const side = largestSide(wanted)
  const remarks = await writePreview({
    source,
    previewPath,
    password,
    page: wanted.reduce((last, { page }) => Math.max(last, page), 1),
    does: (carried) => doesCarried(carried, side),
    loadPicture: createPictureLoader(job, createPictures({ maxPixels, previews: false })),
    signal,
  })
  return { picture: await identifySource(previewPath), remarks }
}
