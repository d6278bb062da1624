import path from 'node:path'
import { type Context, Hono } from 'hono'
import { HttpError } from '../../contract/errors.ts'
import { type DevtoolRequest, runSchema } from '../api.ts'
import type { Storage } from '../files/storage.ts'
import { answerStored } from '../files/stored-answer.ts'
import { readBody } from '../request-body.ts'
import { readEntries } from './archive-entries.ts'
import type { DerivedFiles, KeptFile } from './derived-files.ts'
import type { RequestHistory } from './history.ts'
import { renditionFileName } from './rendition-name.ts'
import type { Run } from './request-sender.ts'
import { renditionKey } from './settled-rendition.ts'

const USUAL_PAGE = 20
const LONGEST_PAGE = 100

/** `/requests`, to be mounted at `/devtool/api`. */
export function createRequestRoutes(options: {
  history: RequestHistory
  run: Run
  storage: () => Storage
  derived: DerivedFiles
}): Hono {
  const { history, storage, derived } = options

  return new Hono()
    .post('/requests', async (c) =>
      c.json({ requests: await options.run(await readBody(c, runSchema)) }),
    )
    .get('/requests', (c) => {
      const before = c.req.query('before')
      const page = history.page(readLimit(c), before)
      if (page === undefined) throw noRequest(before ?? '')
      return c.json(page)
    })
    .get('/requests/:id', (c) => c.json(findRequest(history, c.req.param('id'))))
    .get('/requests/:id/renditions.zip', async (c) => {
      const request = findRequest(history, c.req.param('id'))
      const archive = await derived.archive(request)
      const name = `${path.parse(request.source?.name ?? 'renditions').name}.zip`
      return answerStored(c, storage(), { ...archive, name })
    })
    .get('/requests/:id/renditions/:position/file', (c) =>
      answerStored(c, storage(), createdFile(history, c.req.param())),
    )
    .get('/requests/:id/renditions/:position/picture', async (c) => {
      const file = createdFile(history, c.req.param())
      const picture = await derived.picture(file)
      return answerStored(c, storage(), { name: file.name, ...picture })
    })
    .get('/requests/:id/renditions/:position/entries', async (c) => {
      const { key, size } = createdFile(history, c.req.param())
      return c.json(await readEntries(storage(), key, size))
    })
}

/** @throws {HttpError} 404 when there is none of this id, or none any more */
export function findRequest(history: RequestHistory, id: string): DevtoolRequest {
  const request = history.find(id)
  if (request === undefined) throw noRequest(id)
  return request
}

/**
 * Finds what was made.
 *
 * @throws {HttpError} 404 when there is no such rendition, or no file of it
 */
export function createdFile(
  history: RequestHistory,
  { id, position: text }: { id: string; position: string },
): KeptFile {
  const request = findRequest(history, id)
  const position = /^\d{1,6}$/.test(text) ? Number(text) : -1
  const rendition = request.renditions[position]
  if (rendition === undefined) {
    throw new HttpError(
      404,
      `The request has ${request.renditions.length} renditions, counted from 0, and none at ${JSON.stringify(text.slice(0, 60))}.`,
    )
  }
  if (rendition.file === undefined) {
    throw new HttpError(404, `The rendition is ${rendition.state}; there is no file of it.`)
  }
  const { type, size } = rendition.file
  const key = renditionKey(id, position)
  return { key, type, size, name: renditionFileName(request, position) }
}

function noRequest(id: string): HttpError {
  return new HttpError(404, `There is no request ${JSON.stringify(id.slice(0, 60))} any more.`)
}

function readLimit(c: Context): number {
  const text = c.req.query('limit') ?? String(USUAL_PAGE)
  const limit = Number(text)
  if (/^\d{1,3}$/.test(text) && limit >= 1 && limit <= LONGEST_PAGE) return limit
  throw new HttpError(
    400,
    `limit must be a whole number, 1 to ${LONGEST_PAGE}, but it is ${JSON.stringify(text.slice(0, 60))}.`,
  )
}
