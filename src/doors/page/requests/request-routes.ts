import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { readJson, readWholeNumber } from '../../../http/read-request.ts'
import { runRequestsSchema, runSchema } from '../api.ts'
import type { Storage } from '../files/storage.ts'
import { answerStored } from '../files/stored-answer.ts'
import { readEntries } from '../files/zip-listing.ts'
import { PAGE_BODY } from '../page-body.ts'
import { tellRun } from '../work/told-run.ts'
import { createdFile } from './created-file.ts'
import type { DerivedFiles, KeptFile } from './derived-files.ts'
import { findRequest, noRequest, type RequestHistory } from './request-history.ts'
import { answerArchive, type StreamZip } from './run-archive.ts'
import type { Runs } from './runs.ts'

const USUAL_PAGE = 50
const LONGEST_PAGE = 100

/** `/requests` and `/runs`, to be mounted at `/devtool/api`. */
export function createRequestRoutes(options: {
  history: RequestHistory
  runs: Runs
  streamZip: StreamZip
  storage: () => Storage
  derived: DerivedFiles
}): Hono {
  const { history, runs, storage, derived, streamZip } = options

  /** @throws {ServiceError} 404 when there is no such request or rendition, or no file of it */
  function fileOf(c: Context<object, '/:id/:position'>): KeptFile {
    const { id, position } = c.req.param()
    return createdFile(findRequest(history, id), Number(position))
  }

  return (
    new Hono()
      // Renditions of many sources are told in nearly the same words.
      .use('/requests', compress())
      .use('/runs/:id', compress())
      .post('/requests', async (c) =>
        c.json({ requests: await runs.start(await readJson(c, runSchema, PAGE_BODY)) }),
      )
      .get('/requests', (c) => {
        const { before } = c.req.query()
        const limit = readWholeNumber(c.req.query(), 'limit', {
          otherwise: USUAL_PAGE,
          min: 1,
          max: LONGEST_PAGE,
          right: `a whole number, 1 to ${LONGEST_PAGE}`,
        })
        const within = readWholeNumber(c.req.query(), 'within', { otherwise: Infinity, min: 1 })
        const page = history.page(limit, { within, before })
        if (page === undefined) throw noRequest(before ?? '')
        return c.json(page)
      })
      .get('/requests/:id', (c) => c.json(findRequest(history, c.req.param('id'))))
      .get('/requests/:id/renditions.zip', (c) =>
        answerArchive(c, [findRequest(history, c.req.param('id'))], {
          storage: storage(),
          streamZip,
        }),
      )
      .get('/runs/:id', (c) => {
        const requests = runs.find(c.req.param('id'))
        const limit = readWholeNumber(c.req.query(), 'limit', { otherwise: Infinity })
        // Without what only a whole request has.
        return c.json(
          runRequestsSchema.parse({
            run: tellRun(requests),
            requests: requests.slice(0, limit),
          }),
        )
      })
      .post('/runs/:id/stop', async (c) => {
        await runs.stop(c.req.param('id'))
        return c.body(null, 204)
      })
      .delete('/runs/:id', async (c) => {
        await runs.remove(c.req.param('id'))
        return c.body(null, 204)
      })
      .get('/runs/:id/renditions.zip', (c) =>
        answerArchive(c, runs.find(c.req.param('id')), { storage: storage(), streamZip }),
      )
      .get('/requests/:id/renditions/:position/file', (c) => answerStored(c, storage(), fileOf(c)))
      .get('/requests/:id/renditions/:position/picture', async (c) => {
        const file = fileOf(c)
        return answerStored(c, storage(), { ...(await derived.picture(file)), name: file.name })
      })
      .get('/requests/:id/renditions/:position/thumbnail', async (c) => {
        const file = fileOf(c)
        return answerStored(c, storage(), { ...(await derived.thumbnail(file)), name: file.name })
      })
      .get('/requests/:id/renditions/:position/entries', async (c) => {
        const { key, size } = fileOf(c)
        return c.json(await readEntries(storage(), key, size))
      })
  )
}
