import { Hono } from 'hono'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import { listOperations } from '../operations/operation-list.ts'
import { OPERATIONS } from '../operations/operations.ts'
import type { Authorize } from './authorize.ts'
import { readFilter } from './lists.ts'
import { openApiOf } from './openapi.ts'
import { toTime } from './times.ts'

/** What there is, which needs no key, and who one is. */
export function createOtherRoutes(options: {
  authorize: Authorize
  programs: FoundPrograms
  baseUrl: () => string
}): Hono<HttpEnv> {
  /** Made when somebody asks for it first, which takes a while; what it is made of stays. */
  let document: ReturnType<typeof openApiOf> | undefined

  return new Hono<HttpEnv>()
    .get('/operations', (c) => {
      const include = (c.req.query('include') ?? '').split(',')
      const rows = listOperations(
        {
          operation: readFilter(c, 'operation'),
          input_format: readFilter(c, 'input_format'),
          output_format: readFilter(c, 'output_format'),
          engine: readFilter(c, 'engine'),
        },
        {
          options: include.includes('options'),
          engineVersions: include.includes('engine_versions'),
        },
        options.programs,
      )
      return c.json({ data: rows })
    })
    .get('/convert/formats', (c) => {
      const include = { options: false, engineVersions: false }
      return c.json({ data: listOperations({ operation: 'convert' }, include, options.programs) })
    })
    .get('/openapi.json', (c) => {
      const { origin } = new URL(options.baseUrl())
      document ??= openApiOf({ operations: OPERATIONS, origin })
      return c.json(document)
    })
    .get('/users/me', async (c) => {
      const user = await options.authorize(c, 'user.read')
      return c.json({
        data: {
          id: user.id,
          username: user.username,
          email: `${user.username}@localhost`,
          created_at: toTime(user.createdAt),
          // There is nothing to pay; clients want a number.
          credits: 1_000_000,
          paying: false,
          links: { self: `${options.baseUrl()}/users/me` },
        },
      })
    })
}
