import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { Storage } from '../files/storage.ts'
import { answerStored } from '../files/stored-answer.ts'
import { readEntries } from '../files/zip-listing.ts'
import type { DerivedFiles, KeptFile } from '../requests/derived-files.ts'
import type { InspectedJobs } from './inspected-jobs.ts'
import { readJobDetail } from './job-detail.ts'
import type { TaskActivations } from './task-activations.ts'

/** `/jobs/:id`, `/tasks/:id/…` and `/makers`, to be mounted at `/devtool/api`: what the jobs API does not tell. */
export function createJobRoutes(options: {
  jobs: InspectedJobs
  activations: TaskActivations
  storage: () => Storage
  derived: DerivedFiles
}): Hono {
  const { jobs, activations, storage, derived } = options

  /** @throws {ServiceError} 404 when there is no such task, or no such file of it */
  async function fileOf(c: Context<object, '/:id/:position'>): Promise<KeptFile> {
    const { id, position } = c.req.param()
    const files = await jobs.filesOf(id)
    if (files === undefined) throw noTask(id)
    const file = /^\d{1,6}$/.test(position) ? files[Number(position)] : undefined
    if (file === undefined) {
      const message = `There is no such file; the task has ${files.length}, counted from 0.`
      throw new ServiceError('not_found', message)
    }
    const { object: key, filename: name, contentType: type, size } = file
    return { key, name, type, size, drawnAt: `jobs/${id}/devtool` }
  }

  return new Hono()
    .get('/jobs/:id', async (c) => {
      const id = c.req.param('id')
      const detail = await readJobDetail(id, options)
      if (detail !== undefined) return c.json(detail)
      const message = `There is no job ${JSON.stringify(id.slice(0, 60))} any more.`
      throw new ServiceError('not_found', message)
    })
    .get('/makers', (c) => c.json(jobs.makers()))
    .post('/jobs/:id/again', async (c) =>
      c.json({ id: await jobs.runAgain(c.req.param('id')) }, 201),
    )
    .get('/tasks/:id/activations/:activation/log', async (c) => {
      const { id, activation } = c.req.param()
      if (!(await jobs.hasTask(id))) throw noTask(id)
      const lines = activations.logOf(id, activation)
      if (lines !== undefined) return c.json({ lines })
      throw new ServiceError('not_found', 'The log of this activation is not kept any more.')
    })
    .get('/tasks/:id/files/:position/file', async (c) =>
      answerStored(c, storage(), await fileOf(c)),
    )
    .get('/tasks/:id/files/:position/picture', async (c) => {
      const file = await fileOf(c)
      return answerStored(c, storage(), { ...(await derived.picture(file)), name: file.name })
    })
    .get('/tasks/:id/files/:position/thumbnail', async (c) => {
      const file = await fileOf(c)
      return answerStored(c, storage(), { ...(await derived.thumbnail(file)), name: file.name })
    })
    .get('/tasks/:id/files/:position/entries', async (c) => {
      const { key, size } = await fileOf(c)
      return c.json(await readEntries(storage(), key, size))
    })
}

function noTask(id: string): ServiceError {
  return new ServiceError(
    'not_found',
    `There is no task ${JSON.stringify(id.slice(0, 60))} any more.`,
  )
}
