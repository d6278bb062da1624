import { ServiceError } from '../../base/errors.ts'
import {
  type ActionProcess,
  type Ended,
  failed,
  type Task,
  UNEXPECTED_EXIT,
} from './action-process.ts'

/** How often an activation is given to another process because the one it was sent to died before it took it up. */
const MAX_LOSSES = 3

/** Nobody is ever told so, since nothing runs in a process that is retired. */
const RETIRED = 'The action was replaced or deleted.'

/** The warm processes of one action, and the activations that wait for one. */
export interface ActionPool {
  /** Runs an activation in a process that has room, at once or in its turn. */
  run: (activationId: string, task: Task) => Promise<Ended>
  /** Starts a process before anybody asks for one. */
  warm: () => void
  /**
   * Ends every process as soon as nothing runs or waits here any more; nothing new may be run from now on.
   * Resolves when the last one has left the system.
   */
  retire: () => Promise<void>
  /** Kills every process and gives up what waits for one; all of it fails with `message`. */
  close: (message: string) => Promise<void>
  processes: () => readonly ActionProcess[]
  /** How many activations wait for a process. */
  queued: () => number
}

/**
 * Makes a pool for one action.
 *
 * @param options.concurrency - activations a process may run at a time
 * @param options.maxProcesses - processes of this action at a time
 */
export function createActionPool(options: {
  start: () => ActionProcess
  concurrency: number
  maxProcesses: number
}): ActionPool {
  const processes = new Set<ActionProcess>()
  const queue: { begin: (process: ActionProcess) => void; giveUp: (ended: Ended) => void }[] = []
  let closed: string | undefined
  let retired: PromiseWithResolvers<void> | undefined

  function start(): ActionProcess {
    const process = options.start()
    processes.add(process)
    void process.exited.then(() => {
      processes.delete(process)
      // Whatever waited for this process gets a new one.
      next()
      endRetired()
    })
    return process
  }

  function findRoom(): ActionProcess | undefined {
    const withRoom = [...processes]
      .filter((process) => process.alive() && process.running() < options.concurrency)
      .toSorted((a, b) => a.running() - b.running())
    return withRoom[0] ?? (processes.size < options.maxProcesses ? start() : undefined)
  }

  function next(): void {
    while (queue.length > 0) {
      try {
        const process = findRoom()
        if (process === undefined) return
        queue.shift()?.begin(process)
      } catch (error) {
        // Such as an environment that is larger than the system allows.
        const why = error instanceof Error ? error.message : String(error)
        queue.shift()?.giveUp(failed(`The action could not be started: ${why}`))
      }
    }
  }

  function endRetired(): void {
    if (retired === undefined || queue.length > 0) return
    for (const process of processes) if (process.running() === 0) process.kill(RETIRED)
    if (processes.size === 0) retired.resolve()
  }

  return {
    run: (activationId, task) =>
      new Promise((resolve) => {
        let losses = 0
        const waiting = {
          giveUp: resolve,
          begin: (process: ActionProcess) => {
            void process.run(activationId, task).then((ended) => {
              if (ended !== undefined) resolve(ended)
              else if (closed !== undefined) resolve(failed(closed))
              else if (losses === MAX_LOSSES) resolve(failed(UNEXPECTED_EXIT))
              else queue.unshift(waiting)
              losses += 1
              next()
              endRetired()
            })
          },
        }
        queue.push(waiting)
        next()
      }),
    warm() {
      if (processes.size > 0 || closed !== undefined) return
      try {
        start()
      } catch {
        // Whoever runs the action is told why.
      }
    },
    retire() {
      retired ??= Promise.withResolvers()
      endRetired()
      return retired.promise
    },
    async close(message) {
      closed = message
      for (const { giveUp } of queue.splice(0)) giveUp(failed(message))
      for (const process of processes) process.kill(message)
      await Promise.all([...processes].map((process) => process.exited))
    },
    processes: () => [...processes],
    queued: () => queue.length,
  }
}

/** OpenWhisk's answer to a namespace that has too much under way; the sender may try again after a second. */
export function tooManyActivations(count: number, allowed: number): ServiceError {
  return new ServiceError(
    'too_many_requests',
    `Too many concurrent requests in flight (count: ${count}, allowed: ${allowed}).`,
    { headers: { 'Retry-After': '1' } },
  )
}
