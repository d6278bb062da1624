import { Hono } from 'hono'
import type { ImagesOverview } from './asset-shapes.ts'
import { createCatalogueRoutes } from './catalogue-routes.ts'
import type { InspectedImages } from './inspected-images.ts'
import { createPresetRoutes } from './preset-routes.ts'

/** `/images/…`, to be mounted at `/devtool/api`: the assets of Image Serving, and what is kept of them. */
export function createInspectedImageRoutes({
  company,
  inspection,
  ...kept
}: InspectedImages): Hono {
  return new Hono()
    .route('/', createCatalogueRoutes(inspection))
    .route('/', createPresetRoutes(kept))
    .get('/images', async (c) => {
      const all = await inspection.companies()
      const others = all.filter((each) => each !== company)
      const { mountedFolder } = inspection
      const overview: ImagesOverview = {
        company,
        companies: [company, ...others],
        ...(mountedFolder !== undefined && { mountedFolder }),
      }
      return c.json(overview)
    })
}
