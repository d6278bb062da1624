import * as z from 'zod/mini'
import { parseJson } from '../../../base/json.ts'
import { readActivationRequest } from '../../../contract/activation-request.ts'
import type { JobTask } from '../api.ts'
import type { PageDatabase } from '../page-database.ts'
import { shortenLog } from '../requests/activation-progress.ts'
import type { FinishedActivation } from '../requests/assignments.ts'
import type { InspectedJobs } from './inspected-jobs.ts'

/** Tasks are gone a day after they have ended; what is still here then is nobody's. In milliseconds. */
const RETENTION_MS = 48 * 60 * 60 * 1000

/** An activation that begins. */
export interface BegunTaskActivation {
  readonly activationId: string
  /** Package and name of the action. */
  readonly name: string
  /** Milliseconds since 1970. */
  readonly start: number
}

/** The runtime, as far as it tells of activations. */
export interface TaskActivationSource {
  onActivationBegin: (listener: (begun: BegunTaskActivation, params: unknown) => void) => void
  onActivationEnd: (listener: (ended: FinishedActivation, params: unknown) => void) => void
}

/** What actions did, and do, for tasks. */
export interface TaskActivations {
  ended: (task: string) => JobTask['activations']
  running: (task: string) => JobTask['running']
  /** The lines that an activation printed for a task; undefined when that is not known, or not any more. */
  logOf: (task: string, activationId: string) => string[] | undefined
  /** Forgets what was done for tasks that are gone. */
  forget: (tasks: readonly string[]) => void
  /** Nothing is noted any more. */
  close: () => void
}

const row = z.object({
  id: z.string(),
  action: z.string(),
  began_at: z.number(),
  ended_at: z.number(),
  status: z.string(),
})
const logRow = z.object({
  logs: z.pipe(z.pipe(z.string(), z.transform(parseJson)), z.array(z.string())),
})

/** Notes every activation that works for a task, in `database`. */
export function openTaskActivations(options: {
  database: PageDatabase
  activations: TaskActivationSource
  jobs: Pick<InspectedJobs, 'hasTask' | 'touch'>
  log: { warn: (message: string) => void }
}): TaskActivations {
  const { database, activations, jobs, log } = options
  const running = new Map<string, JobTask['running']>()
  let closed = false

  /** What has happened is noted in its order. */
  let noted = Promise.resolve()

  /** The runtime goes on, whatever goes wrong here. */
  function note(params: unknown, work: (task: string) => void): void {
    const task = readActivationRequest(params)?.requestId
    if (closed || task === undefined) return
    noted = noted
      .then(async () => {
        if (!(await jobs.hasTask(task)) || closed) return
        work(task)
        jobs.touch(task)
      })
      .catch((error: unknown) => {
        if (closed) return
        log.warn(`The developer page could not note an activation of ${task}: ${String(error)}`)
      })
  }

  activations.onActivationBegin(({ activationId: id, name, start }, params) => {
    note(params, (task) => {
      const action = name.slice(name.lastIndexOf('/') + 1)
      running.set(task, [...(running.get(task) ?? []), { id, action, start }])
    })
  })
  activations.onActivationEnd((activation, params) => {
    const { activationId: id, name, start, end, response, logs } = activation
    note(params, (task) => {
      const left = (running.get(task) ?? []).filter((each) => each.id !== id)
      if (left.length === 0) running.delete(task)
      else running.set(task, left)
      database.run(
        `INSERT OR REPLACE INTO task_activations (id, task, action, began_at, ended_at, status, logs)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        id,
        task,
        name,
        start,
        end,
        response.status,
        JSON.stringify(shortenLog(logs, id)),
      )
      database.run('DELETE FROM task_activations WHERE ended_at < ?', end - RETENTION_MS)
    })
  })

  return {
    ended: (task) =>
      database
        .all(
          `SELECT id, action, began_at, ended_at, status FROM task_activations
             WHERE task = ? ORDER BY began_at`,
          task,
        )
        .map((each) => {
          const { began_at: start, ended_at: end, ...others } = row.parse(each)
          return { ...others, start, end }
        }),
    running: (task) => running.get(task) ?? [],
    logOf(task, activationId) {
      const [found] = database.all(
        'SELECT logs FROM task_activations WHERE id = ? AND task = ?',
        activationId,
        task,
      )
      return found === undefined ? undefined : logRow.parse(found).logs
    },
    forget(tasks) {
      for (const task of tasks) database.run('DELETE FROM task_activations WHERE task = ?', task)
    },
    close() {
      closed = true
    },
  }
}
