import { ServiceError } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { redact } from '../../../base/redact.ts'
import { NAMESPACE } from '../../../contract/actions.ts'
import type { Database } from '../../../home/database.ts'
import type { OrderingDoor } from '../../../orders/door.ts'
import type { Order } from '../../../orders/order-store.ts'
import type { Orders } from '../../../orders/orders.ts'
import { MOST_DEATHS } from '../../../orders/trials.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import { toRenditionFailure } from '../../../renditions/failure.ts'
import { markRendition } from '../../../renditions/mark.ts'
import type { RenditionDoor } from '../../../renditions/rendition-door.ts'
import type {
  Findings,
  MakingOperation,
  TaskOperation,
  TransferOperation,
  Wish,
} from '../operations/operation.ts'
import { LONGEST_TIMEOUT_SECONDS, timeoutOf } from '../operations/task-options.ts'
import type { Task, TaskFile } from './records.ts'
import { TaskError } from './task-error.ts'
import type { TaskFiles } from './task-files.ts'
import { type Change, INPUT_FAILED, type TaskLife } from './task-life.ts'
import type { Ending, TaskStore } from './task-store.ts'
import type { Transfers } from './transfers.ts'
import { objectOf, type TaskRendition, toInstructions, type Wishes } from './wishes.ts'

/** How long a task may take unless it says so itself, in milliseconds. */
export const TASK_TIMEOUT_MS = LONGEST_TIMEOUT_SECONDS * 1000

/** Between two looks for tasks whose time is over, in milliseconds. */
const DEADLINE_INTERVAL_MS = 1000

/** Makes tasks happen. */
export interface TaskRunner {
  /** Begins those of some tasks that can begin, and sees them to their end. */
  begin: (tasks: readonly Task[]) => void
  /** Ends a task whose file has come. */
  uploaded: (task: Task, file: TaskFile) => Promise<void>
  /** Ends a task early; its process is free within a second. Resolves when that is on the disk. */
  cancel: (task: Task, ending: Ending) => Promise<void>
  /** Stops whatever works for a task that has ended or is about to be removed. */
  release: (task: Task) => Promise<void>
  readonly ordering: OrderingDoor
  readonly receive: RenditionDoor['receive']
  /** Takes up what an earlier life of the service left. */
  start: () => void
  pause: () => void
  /** Resolves when nothing is on its way to the disk any more. */
  finish: () => Promise<void>
  close: () => void
}

/** Makes the runner of tasks; the operations are given by their names. */
export function createTaskRunner(options: {
  database: Database
  store: TaskStore
  wishes: Wishes
  life: TaskLife
  files: TaskFiles
  transfers: Transfers
  orders: Orders
  operations: ReadonlyMap<string, TaskOperation>
  programs: FoundPrograms
  log: Log
  now: () => number
}): TaskRunner {
  const { database, store, wishes, life, files, transfers, orders, operations, log, now } = options
  const { programs } = options
  const underWay = new Set<Promise<void>>()
  let paused = true

  /** What goes wrong in here is a fault of the service; the task is told so, and the log why. */
  function look(task: Task, work: () => Promise<void>): void {
    const looked = work()
      .catch(async (error: unknown) => {
        // One that was cancelled has its end already, and whatever was done for it was aborted.
        if (paused || store.taskBySequence(task.sequence)?.endedAt !== null) return
        await finish(task, toEnding(error))
      })
      .catch((error: unknown) => {
        if (!paused) log.error(`Task ${task.id} could not be ended: ${String(error)}`)
      })
      .finally(() => underWay.delete(looked))
    underWay.add(looked)
  }

  function toEnding(error: unknown): Ending {
    if (error instanceof TaskError) {
      return { status: 'error', code: error.code, message: redact(error.message) }
    }
    if (error instanceof ServiceError && error.status !== 500) {
      return { status: 'error', code: error.code.toUpperCase(), message: redact(error.message) }
    }
    log.error(`A task failed: ${error instanceof Error ? error.stack : String(error)}`)
    const message = 'The service could not do its part; its log tells why.'
    return { status: 'error', code: 'INTERNAL', message }
  }

  async function finish(task: Task, ending: Ending): Promise<void> {
    begin(await life.end(task, ending))
  }

  function begin(tasks: readonly Task[]): void {
    if (paused) return
    for (const task of tasks) {
      const operation = operations.get(task.operation)
      if (operation === undefined || operation.kind === 'upload' || life.missing(task)) continue
      look(task, () => beginOne(task, operation))
    }
  }

  async function beginOne(task: Task, operation: TaskOperation): Promise<void> {
    if (life.isBereft(task)) return finish(task, INPUT_FAILED)
    // A task that cannot be planned has begun all the same, and then fails.
    let plan: Wish[] | Findings | TaskError | undefined
    try {
      plan = operation.kind === 'making' ? await planNext(operation, task, 0, []) : undefined
    } catch (error) {
      if (!(error instanceof TaskError)) throw error
      plan = error
    }
    const timeoutMs = 1000 * timeoutOf(store.payloadOf(task))
    let begun: { changes: Change[]; ordered: Order[] } | undefined
    await database.write(() => {
      if (!store.begin(task, now() + timeoutMs)) return
      const ordered = Array.isArray(plan) ? wishes.accept(task, 0, plan) : []
      begun = { changes: noteBegin(task), ordered }
    })
    if (begun === undefined) return
    life.announce(begun.changes)
    for (const order of begun.ordered) orders.begin(order)
    if (plan instanceof TaskError) throw plan
    if (operation.kind === 'transfer') await transfer(task, operation)
    else if (plan !== undefined && !Array.isArray(plan)) await finishMade(task, plan)
  }

  async function transfer(task: Task, operation: TransferOperation): Promise<void> {
    const made = await transfers.run(task, operation, store.payloadOf(task), inputsOf(task))
    await finish(task, { status: 'finished', ...made })
  }

  function noteBegin(task: Task): Change[] {
    const job = task.job === null ? undefined : store.jobBySequence(task.job)
    const hasJobBegun = job !== undefined && store.beginJob(job)
    const begunJob = hasJobBegun ? store.jobBySequence(job.sequence) : undefined
    const begunTask = store.taskBySequence(task.sequence)
    return [
      ...(begunJob ? [{ event: 'updated', job: begunJob } as const] : []),
      ...(begunTask ? [{ event: 'updated', task: begunTask } as const] : []),
    ]
  }

  function inputsOf(task: Task): TaskFile[] {
    return store.inputIdsOf(task).flatMap((id) => {
      const input = store.task(id)
      return input === undefined ? [] : store.filesOf(input)
    })
  }

  /** What is to be made next; when that is nothing, nothing has been found out either. */
  async function planNext(
    operation: MakingOperation,
    task: Task,
    stage: number,
    reports: readonly unknown[],
  ): Promise<Wish[] | Findings> {
    const inputs = await Promise.all(inputsOf(task).map(files.identify))
    const planned = operation.plan(store.payloadOf(task), inputs, stage, reports, programs)
    if ('result' in planned) return planned
    return planned.length === 0 ? { result: {} } : [...planned]
  }

  /** Goes on with a task when all that its stage wants has ended. */
  async function proceed(task: Task): Promise<void> {
    const operation = operations.get(task.operation)
    if (operation?.kind !== 'making' || task.endedAt !== null) return
    const made = wishes.ofStage(task, task.stage)
    if (made.some(({ failure }) => failure === null)) return
    const failed = made.find(({ failure }) => failure !== '')
    if (failed !== undefined) {
      const [code = '', message = ''] = splitFailure(failed.failure ?? '')
      throw new TaskError(code, message)
    }
    const reports = await Promise.all(
      made.map(async ({ wish, stage, position }) =>
        typeof wish.filename === 'string'
          ? undefined
          : files.readReport(objectOf(task.id, stage, position)),
      ),
    )
    const plan = await planNext(operation, task, task.stage + 1, reports)
    if (!Array.isArray(plan)) return finishMade(task, plan)
    const ordered = await database.write(() => acceptStage(task, plan))
    for (const order of ordered) orders.begin(order)
  }

  /** None when another look has been here before. */
  function acceptStage(task: Task, plan: readonly Wish[]): Order[] {
    const current = store.taskBySequence(task.sequence)
    if (current === undefined || current.stage !== task.stage || current.endedAt !== null) return []
    store.setStage(task, task.stage + 1)
    return wishes.accept(task, task.stage + 1, plan)
  }

  async function finishMade(task: Task, { result, files: taken = [] }: Findings): Promise<void> {
    const made = wishes.ofTask(task).flatMap(({ wish, stage, position }) => {
      if (typeof wish.filename !== 'string') return []
      const file = files.find(objectOf(task.id, stage, position), wish.filename)
      if (file === undefined) {
        throw new TaskError('FILE_GONE', `${wish.filename} was made, but is not in the storage.`)
      }
      return file
    })
    const found = Object.keys(result).length === 0 ? undefined : result
    await finish(task, { status: 'finished', files: [...taken, ...made], result: found })
  }

  /** Ends a rendition, and goes on with its task. */
  async function settle(rendition: TaskRendition, failure: string): Promise<boolean> {
    const ended = await database.write(() => wishes.end(rendition, failure))
    const task = ended ? store.taskBySequence(rendition.task) : undefined
    if (task !== undefined) look(task, () => proceed(task))
    return ended
  }

  const ordering: OrderingDoor = {
    call(order, items) {
      const renditions = wishes.ofOrder(order.id).filter(({ position }) => items.includes(position))
      const [first] = renditions
      const task = first && store.taskBySequence(first.task)
      if (first === undefined || task === undefined || task.endedAt !== null) return undefined
      const { source } = first.wish
      const params = {
        source: source && {
          url: files.sourceOf(source.object),
          name: source.filename,
          mimetype: source.contentType,
          size: source.size,
        },
        renditions: renditions.map(({ wish, stage, position }) => {
          const target = files.targetOf(objectOf(task.id, stage, position))
          const instructions = toInstructions(wish, { target, urlOf: files.sourceOf })
          return markRendition(instructions, { order: order.id, item: position })
        }),
        requestId: task.id,
        auth: { orgId: NAMESPACE, clientId: String(task.user) },
      }
      return { title: task.id, params, identify: async () => ({}) }
    },
    async fail(order, items, failure) {
      const { reason, message } = toRenditionFailure(failure)
      const code = failure.code === 'unreported' ? reason : failure.code
      for (const rendition of wishes.ofOrder(order.id)) {
        if (items.includes(rendition.position)) await settle(rendition, joinFailure(code, message))
      }
    },
  }

  async function release(task: Task): Promise<void> {
    transfers.abort(task)
    const unfinished = wishes.ofTask(task).filter(({ failure }) => failure === null)
    await Promise.all([...new Set(unfinished.map(({ order }) => order))].map(orders.cancel))
  }

  async function cancel(task: Task, ending: Ending): Promise<void> {
    const ready = await life.end(task, ending)
    await release(task)
    begin(ready)
  }

  function endOverdue(): void {
    for (const task of store.overdue(now())) {
      const message =
        operations.get(task.operation)?.kind === 'upload'
          ? 'No file was uploaded in time.'
          : task.status === 'waiting'
            ? 'The task had to wait too long for its inputs.'
            : 'The task took longer than its timeout.'
      look(task, () => cancel(task, { status: 'error', code: 'TIMEOUT', message }))
    }
  }
  const deadlines = setInterval(() => {
    if (!paused) endOverdue()
  }, DEADLINE_INTERVAL_MS)
  deadlines.unref()

  function giveUp(task: Task): Promise<void> {
    const message = `The service was interrupted ${MOST_DEATHS} times while this task was under way; please ask for it again.`
    return finish(task, { status: 'error', code: 'INTERRUPTED', message })
  }

  /** A transfer begins anew; what actions make, the orders take up. */
  function takeUp(task: Task): void {
    const operation = operations.get(task.operation)
    if (task.status === 'waiting') return begin([task])
    if (operation?.kind === 'making') return look(task, () => proceed(task))
    if (operation?.kind !== 'transfer') return
    look(task, () => (task.attempts < MOST_DEATHS ? transfer(task, operation) : giveUp(task)))
  }

  return {
    begin,
    uploaded: (task, file) => finish(task, { status: 'finished', files: [file] }),
    cancel,
    release,
    ordering,
    async receive(order, item, event) {
      const rendition = wishes.ofOrder(order.id).find(({ position }) => position === item)
      if (rendition === undefined) return undefined
      const task = store.taskBySequence(rendition.task)
      const { type, errorReason = 'GenericError', errorMessage = 'The worker failed.' } = event
      const failure = type === 'rendition_created' ? '' : joinFailure(errorReason, errorMessage)
      return { title: task?.id ?? 'a task', ended: await settle(rendition, failure) }
    },
    start() {
      paused = false
      for (const task of store.open()) takeUp(task)
    },
    pause() {
      paused = true
      transfers.close()
    },
    async finish() {
      while (underWay.size > 0) await Promise.all(underWay)
      await transfers.finish()
    },
    close: () => clearInterval(deadlines),
  }
}

/** A failure is kept as its code and its sentence in one text. */
function joinFailure(code: string, message: string): string {
  return `${toCode(code)}\n${message}`
}

/** A reason of the Asset Compute API, such as `SourceCorrupt`, as the codes of tasks are written. */
function toCode(reason: string): string {
  return reason.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
}

function splitFailure(failure: string): string[] {
  const [code = '', ...message] = failure.split('\n')
  return [code, message.join('\n')]
}
