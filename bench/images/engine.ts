/** The engine of this project as its worker action calls it: one request at a time, all renditions of it at once. */
import { startRenditions } from '../../src/engine/pictures/render.ts'
import { MAX_SOURCE_PIXELS } from '../../src/engine/pictures/source.ts'
import { downloadWatermark } from '../../src/sdk/watermark-download.ts'
import { identifySource } from '../../src/sources/identify.ts'
import { serveJobs } from './renderer.ts'

serveJobs(async ({ requests }) => {
  for (const { source, renditions } of requests) {
    const orders = renditions.map(({ path, ...instructions }) => ({ path, instructions }))
    const options = { maxPixels: MAX_SOURCE_PIXELS, loadWatermark: downloadWatermark }
    await Promise.all(startRenditions(await identifySource(source), orders, options))
  }
})
