import { Hono } from 'hono'
import { readJson } from '../../../http/read-request.ts'
import { savedProfileSchema } from '../api.ts'
import { PAGE_BODY } from '../page-body.ts'
import type { Profiles } from './saved-profiles.ts'

/** `/profiles`, to be mounted at `/devtool/api`. */
export function createProfileRoutes(profiles: Profiles): Hono {
  return new Hono()
    .get('/profiles', (c) => c.json(profiles.list()))
    .put('/profiles/:name', async (c) => {
      const { renditions } = await readJson(c, savedProfileSchema, PAGE_BODY)
      return c.json(profiles.save(c.req.param('name'), renditions))
    })
    .delete('/profiles/:name', (c) => {
      profiles.remove(c.req.param('name'))
      return c.body(null, 204)
    })
}
