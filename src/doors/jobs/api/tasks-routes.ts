import { Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { User } from '../../../identity/accounts.ts'
import type { Task } from '../tasks/records.ts'
import type { TaskRunner } from '../tasks/task-runner.ts'
import { readIncludes } from './includes.ts'
import { readTaskRequest } from './job-request.ts'
import { type RouteParts, readStatus } from './jobs-routes.ts'
import { listBody, readFilter, readPage } from './lists.ts'

/** The routes of tasks, to be mounted below `/v2`; `POST /{operation}` is among them, so others go before. */
export function createTasksRoutes(
  parts: RouteParts & { readonly runner: Pick<TaskRunner, 'cancel'> },
): Hono<HttpEnv> {
  const { store, accepting, removal, shapes, waiting, authorize, creating, operations } = parts

  async function taskOf(user: User, id: string): Promise<Task> {
    const task = await store.task(id)
    if (task !== undefined && task.user === user.id) return task
    throw new ServiceError('not_found', `There is no task ${JSON.stringify(id.slice(0, 60))}.`)
  }

  return new Hono<HttpEnv>()
    .get('/tasks', async (c) => {
      const user = await authorize(c, 'task.read')
      const page = readPage(c)
      const include = readIncludes(c)
      const jobId = readFilter(c, 'job_id')
      const job = jobId === undefined ? undefined : await store.job(jobId)
      // A job that is not there has no tasks.
      const sequence = jobId === undefined ? undefined : job?.user === user.id ? job.sequence : 0
      const tasks = await store.tasks({
        user: user.id,
        where: {
          job: sequence,
          status: readStatus(readFilter(c, 'status')),
          operation: readFilter(c, 'operation'),
        },
        limit: page.perPage + 1,
        offset: (page.page - 1) * page.perPage,
      })
      return c.json(
        listBody(
          page,
          await Promise.all(tasks.map((task) => shapes.task(task, include))),
          c.req.url,
        ),
      )
    })
    .get('/tasks/:id', async (c) => {
      const user = await authorize(c, 'task.read')
      const { id } = await taskOf(user, c.req.param('id'))
      if (creating.isBlocking(c)) await waiting.task(id, c.req.raw.signal)
      return c.json({ data: await shapes.task(await taskOf(user, id), readIncludes(c)) })
    })
    .post('/tasks/:id/cancel', async (c) => {
      const user = await authorize(c, 'task.write')
      const task = await taskOf(user, c.req.param('id'))
      if (task.endedAt !== null) {
        const message = 'Cannot change status: task already completed.'
        throw new ServiceError('invalid', message, { fields: { status: [message] } })
      }
      const message = 'The task was cancelled.'
      await parts.runner.cancel(task, { status: 'error', code: 'CANCELLED', message })
      return c.json({ data: await shapes.task(await taskOf(user, task.id)) })
    })
    .post('/tasks/:id/retry', async (c) => {
      const user = await authorize(c, 'task.write')
      const task = await taskOf(user, c.req.param('id'))
      const { attempt } = await creating.read(c, user)
      if (task.endedAt === null) {
        const message = 'Only a task that has ended can be retried.'
        throw new ServiceError('invalid', message, { fields: { status: [message] } })
      }
      const payload = await store.payloadOf(task)
      const inputs = await store.inputIdsOf(task)
      const { operation, ignoreError } = task
      const retried = await accepting.task(
        attempt,
        { id: crypto.randomUUID(), name: null, operation, payload, inputs, ignoreError },
        task,
      )
      return c.json({ data: await shapes.task(retried) }, 201)
    })
    .delete('/tasks/:id', async (c) => {
      const user = await authorize(c, 'task.write')
      await removal.task(await taskOf(user, c.req.param('id')))
      return c.body(null, 204)
    })
    .post('/:operation{.+}', async (c) => {
      const user = await authorize(c, 'task.write')
      const operation = operations.get(c.req.param('operation'))
      if (operation === undefined) {
        const message = `There is no operation ${JSON.stringify(c.req.param('operation').slice(0, 60))}; GET /v2/operations lists them.`
        throw new ServiceError('not_found', message)
      }
      const { body, attempt } = await creating.read(c, user)
      const inputExists = async (id: string): Promise<boolean> =>
        (await store.task(id))?.user === user.id
      const requested = await readTaskRequest(body, operation, inputExists)
      const task = await accepting.task(attempt, requested)
      if (!creating.isBlocking(c)) return c.json({ data: await shapes.task(task) }, 201)
      await waiting.task(task.id, c.req.raw.signal)
      return c.json({ data: await shapes.task((await store.task(task.id)) ?? task) }, 201)
    })
}
