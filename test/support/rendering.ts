import assert from 'node:assert/strict'
import type { RenditionFile } from '../../src/engine/pictures/image.ts'
import { probeSource } from '../../src/engine/pictures/probe.ts'
import { type RenditionOrder, startRenditions as start } from '../../src/engine/pictures/render.ts'
import { MAX_SOURCE_PIXELS, type Source } from '../../src/engine/pictures/source.ts'
import { identifySource } from '../../src/sources/identify.ts'

/** The engine with its usual limit; `watermarks` are the ones to be had, by URL. */
export function startRenditions(
  source: string,
  orders: readonly RenditionOrder[],
  watermarks: Readonly<Record<string, Buffer>> = {},
): readonly Promise<RenditionFile>[] {
  const started = identifySource(source).then((file) =>
    start(file, orders, {
      maxPixels: MAX_SOURCE_PIXELS,
      loadWatermark: async (url) => watermarks[url] ?? assert.fail(`there is no watermark ${url}`),
    }),
  )
  const renditions = orders.map(async (_, index) => {
    const rendition = (await started)[index]
    return rendition ?? assert.fail(`there is no rendition ${index}`)
  })
  // Nobody has to wait for a rendition, not even for its failure.
  void Promise.allSettled(renditions)
  return renditions
}

const FIRST_PAGE = { page: 1, password: undefined }

/** What the engine knows of a source before it decodes it. */
export async function probe(path: string): Promise<Source> {
  return probeSource(await identifySource(path), FIRST_PAGE, {
    maxPixels: MAX_SOURCE_PIXELS,
    convertedPath: `${path}.tiff`,
  })
}
