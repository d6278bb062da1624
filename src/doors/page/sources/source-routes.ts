import { Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { answerPng } from '../files/local-answer.ts'
import type { Storage } from '../files/storage.ts'
import { answerStored } from '../files/stored-answer.ts'
import type { DerivedFiles, KeptFile } from '../requests/derived-files.ts'
import { type Sources, sourceKey } from './kept-sources.ts'
import { drawSmall } from './small-picture.ts'

/** `/sources` and `/samples`, to be mounted at `/devtool/api`. */
export function createSourceRoutes(options: {
  sources: Sources
  storage: () => Storage
  derived: DerivedFiles
}): Hono {
  const { sources, storage, derived } = options

  function fileOf(id: string): KeptFile {
    const source = sources.find(id)
    return { ...source, key: sourceKey(source) }
  }

  return new Hono()
    .get('/samples', async (c) => c.json(await sources.samples()))
    .get('/samples/:name/picture', async (c) =>
      answerPng(await drawSmall(await sources.sampleFile(c.req.param('name')))),
    )
    .post('/samples/:name', async (c) => c.json(await sources.addSample(c.req.param('name'))))
    .post('/sources', async (c) => {
      const name = c.req.query('name')
      if (name === undefined) {
        throw new ServiceError('invalid', 'name is missing; it must be that of the file.')
      }
      const length = c.req.header('content-length') ?? ''
      return c.json(
        await sources.add(name, {
          body: c.req.raw.body,
          size: /^\d{1,15}$/.test(length) ? Number(length) : undefined,
          type: c.req.header('content-type'),
        }),
      )
    })
    .get('/sources/:id/file', (c) => answerStored(c, storage(), fileOf(c.req.param('id'))))
    .get('/sources/:id/picture', async (c) => {
      const file = fileOf(c.req.param('id'))
      return answerStored(c, storage(), { ...(await derived.picture(file)), name: file.name })
    })
    .get('/sources/:id/thumbnail', async (c) => {
      const file = fileOf(c.req.param('id'))
      return answerStored(c, storage(), { ...(await derived.thumbnail(file)), name: file.name })
    })
}
