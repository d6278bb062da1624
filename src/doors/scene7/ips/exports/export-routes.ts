import { Hono } from 'hono'
import { ServiceError } from '../../../../base/errors.ts'
import { contentDisposition } from '../../../../base/file-name.ts'
import { type HttpEnv, speak } from '../../../../http/root-app.ts'
import { createScene7Dialect } from '../../scene7-dialect.ts'
import { answerFile } from '../../serving/file-answer.ts'
import type { KeptExport, KeptExports } from './kept-exports.ts'

const MOUNT = '/scene7/ExportFile'

/** How long a client has to begin fetching what is elsewhere, in milliseconds. */
const LINK_MS = 60 * 60_000

/** Where an export is fetched from. */
export function urlOfExport(origin: string, { token, name }: Pick<KeptExport, 'token' | 'name'>) {
  return `${origin}${MOUNT}/${token}/${encodeURIComponent(name)}`
}

/**
 * `GET /scene7/ExportFile/TOKEN/NAME.zip`: a ZIP for whoever knows its URL, as it is opened from a mail.
 *
 * @param now - the clock, in milliseconds of the epoch
 */
export function createExportRoutes(
  exports: Pick<KeptExports, 'find'>,
  now: () => number,
): Hono<HttpEnv> {
  return new Hono<HttpEnv>()
    .use(`${MOUNT}/*`, speak(createScene7Dialect(() => 2)))
    .get(`${MOUNT}/:token/:name`, async (c) => {
      const { token, name } = c.req.param()
      const found = await exports.find(token, name)
      if (!found) {
        throw new ServiceError(
          'not_found',
          'There is no export at this address: it has expired, its job was deleted, or the address is not complete.',
        )
      }
      const { place } = found
      const disposition = contentDisposition('attachment', name)
      if ('toRead' in place) {
        const method = c.req.method === 'HEAD' ? 'HEAD' : 'GET'
        const expires = Math.floor(Math.min(found.expires, now() + LINK_MS) / 1000)
        c.header('cache-control', 'no-store')
        return c.redirect(place.toRead({ expires, disposition, method }), 307)
      }
      return answerFile(c.req.raw, {
        path: place.file,
        size: place.size,
        etag: `"${token}"`,
        headers: {
          'content-type': 'application/zip',
          'content-disposition': disposition,
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-cache',
          expires: new Date(found.expires).toUTCString(),
        },
        what: `The export ${name}`,
      })
    })
}
