import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { ServiceError } from '../../../base/errors.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { User } from '../../../identity/accounts.ts'
import type { TaskOperation } from '../operations/operation.ts'
import type { Accepting } from '../tasks/accepting.ts'
import { type Job, STATUSES, type Status } from '../tasks/records.ts'
import type { Removal } from '../tasks/removal.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import type { TaskLife } from '../tasks/task-life.ts'
import type { TaskStore } from '../tasks/task-store.ts'
import type { Authorize } from './authorize.ts'
import type { Creating } from './creating.ts'
import { exportedUrl } from './exported-url.ts'
import { readIncludes } from './includes.ts'
import { tellOfJob } from './job-events.ts'
import { readJobRequest } from './job-request.ts'
import { listBody, readFilter, readPage } from './lists.ts'
import type { Shapes } from './shapes.ts'
import type { Waiting } from './waiting.ts'

/** What the routes of jobs and tasks are made of. */
export interface RouteParts {
  readonly store: TaskStore
  readonly files: TaskFiles
  readonly accepting: Accepting
  readonly removal: Removal
  readonly life: TaskLife
  readonly shapes: Shapes
  readonly waiting: Waiting
  readonly authorize: Authorize
  readonly creating: Creating
  readonly operations: ReadonlyMap<string, TaskOperation>
}

/** The routes of jobs, to be mounted below `/v2`. */
export function createJobsRoutes(parts: RouteParts): Hono<HttpEnv> {
  const { store, accepting, removal, shapes, waiting, authorize, creating } = parts

  async function jobOf(user: User, id: string): Promise<Job> {
    const job = await store.job(id)
    if (job !== undefined && job.user === user.id) return job
    throw new ServiceError('not_found', `There is no job ${JSON.stringify(id.slice(0, 60))}.`)
  }

  return new Hono<HttpEnv>()
    .post('/jobs', async (c) => {
      const user = await authorize(c, 'task.write')
      const { body, attempt } = await creating.read(c, user)
      const requested = await readJobRequest(body, {
        operations: parts.operations,
        inputExists: async (id) => (await store.task(id))?.user === user.id,
      })
      const job = await accepting.job(attempt, requested)
      if (!creating.isBlocking(c)) return c.json({ data: await shapes.job(job) }, 201)
      await waiting.job(job.id, c.req.raw.signal)
      const done = (await store.job(job.id)) ?? job
      const url = requested.redirect ? await exportedUrl(done, parts) : undefined
      if (url !== undefined) return c.redirect(url, 302)
      return c.json({ data: await shapes.job(done) }, 201)
    })
    .get('/jobs', async (c) => {
      const user = await authorize(c, 'task.read')
      const page = readPage(c)
      const include = readIncludes(c)
      const jobs = await store.jobs({
        user: user.id,
        where: { status: readStatus(readFilter(c, 'status')), tag: readFilter(c, 'tag') },
        limit: page.perPage + 1,
        offset: (page.page - 1) * page.perPage,
      })
      return c.json(
        listBody(page, await Promise.all(jobs.map((job) => shapes.job(job, include))), c.req.url),
      )
    })
    .get('/jobs/:id', async (c) => {
      const user = await authorize(c, 'task.read')
      const { id } = await jobOf(user, c.req.param('id'))
      if (creating.isBlocking(c)) await waiting.job(id, c.req.raw.signal)
      return c.json({
        data: await shapes.job(await jobOf(user, id), withTasks(readIncludes(c))),
      })
    })
    .get('/jobs/:id/wait', async (c) => {
      const user = await authorize(c, 'task.read')
      const { id } = await jobOf(user, c.req.param('id'))
      await waiting.job(id, c.req.raw.signal)
      return c.json({ data: await shapes.job(await jobOf(user, id)) })
    })
    .get('/jobs/:id/events', async (c) => {
      const user = await authorize(c, 'task.read')
      const job = await jobOf(user, c.req.param('id'))
      return streamSSE(c, (stream) =>
        tellOfJob(job, {
          ...parts,
          send: (event, told) => stream.writeSSE({ event, data: JSON.stringify(told) }),
          signal: c.req.raw.signal,
        }),
      )
    })
    .delete('/jobs/:id', async (c) => {
      const user = await authorize(c, 'task.write')
      await removal.job(await jobOf(user, c.req.param('id')))
      return c.body(null, 204)
    })
}

/**
 * A status that a list is filtered by.
 *
 * @throws {ServiceError} `invalid` for any other word
 */
export function readStatus(text: string | undefined): Status | undefined {
  const known = STATUSES.find((status) => status === text)
  if (known !== undefined || text === undefined) return known
  const message = `filter[status] must be one of ${STATUSES.join(', ')}, but it is ${JSON.stringify(text.slice(0, 60))}.`
  throw new ServiceError('invalid', message, { fields: { 'filter.status': [message] } })
}

function withTasks<Include extends string>(
  include: ReadonlySet<Include>,
): ReadonlySet<Include | 'tasks'> {
  return new Set([...include, 'tasks' as const])
}
