/** The engine of this project as its worker action calls it: one request at a time, all renditions of it at once. */

import { fetchWatermark } from '../../src/engine/pictures/fetch-watermark.ts'
import { startRenditions } from '../../src/engine/pictures/render.ts'
import { MAX_SOURCE_PIXELS } from '../../src/engine/pictures/source.ts'
import { openUrl } from '../../src/fetching/open-url.ts'
import { readPictureOptions } from '../../src/sdk/picture-outline.ts'
import { identifySource } from '../../src/sources/identify.ts'
import { serveJobs } from './renderer.ts'

serveJobs(async ({ requests }) => {
  for (const { source, renditions } of requests) {
    const orders = renditions.map(({ path, ...instructions }) => ({
      path,
      options: readPictureOptions(instructions),
    }))
    const { signal } = new AbortController()
    const options = {
      maxPixels: MAX_SOURCE_PIXELS,
      loadWatermark: (url: string) => fetchWatermark(url, { fetch: openUrl, signal }),
      signal,
    }
    await Promise.all(startRenditions(await identifySource(source), orders, options))
  }
})
