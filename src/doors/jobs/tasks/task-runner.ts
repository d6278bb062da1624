import { type Log, runAbout } from '../../../base/log.ts'
import { NAMESPACE } from '../../../contract/actions.ts'
import { readRemarks } from '../../../contract/event.ts'
import { REPORTS_PROGRESS } from '../../../contract/progress-event.ts'
import { whenItIsBack } from '../../../database/away.ts'
import type { FrontEnds } from '../../../database/front-ends.ts'
import type { ServiceDatabase, ServiceWriting } from '../../../database/service-database.ts'
import type { OrderingDoor } from '../../../orders/door.ts'
import type { Order } from '../../../orders/order-store.ts'
import type { Orders } from '../../../orders/orders.ts'
import { MOST_DEATHS } from '../../../orders/trials.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import { toRenditionFailure } from '../../../renditions/failure.ts'
import type { Marks } from '../../../renditions/mark.ts'
import {
  type RenditionDoor,
  type RenditionResult,
  resultOf,
} from '../../../renditions/rendition-door.ts'
import type { Made, TaskOperation, TransferOperation } from '../operations/operation.ts'
import { LONGEST_TIMEOUT_SECONDS, timeoutOf } from '../operations/task-options.ts'
import { tellUnknownOptions } from '../operations/unknown-options.ts'
import { aboutTask } from './about-task.ts'
import type { Change } from './change.ts'
import { joinFailure } from './failure-text.ts'
import { joinRemarks } from './join-remarks.ts'
import { inWordsOfTasks } from './option-words.ts'
import { createPlanning, type Next } from './planning.ts'
import type { Task, TaskFile } from './records.ts'
import type { TaskFiles } from './task-files.ts'
import { type Ended, hasFailed, INPUT_FAILED, isOpen, type TaskLife } from './task-life.ts'
import type { TaskProgress } from './task-progress.ts'
import type { Ending, TaskChanges, TaskReads, TaskStore } from './task-store.ts'
import type { Transfers } from './transfers.ts'
import {
  objectOf,
  type RenditionEnd,
  type TaskRendition,
  toInstructions,
  type Wishes,
} from './wishes.ts'

/** How long a task may take unless it says so itself, in milliseconds. */
export const TASK_TIMEOUT_MS = LONGEST_TIMEOUT_SECONDS * 1000

/** Between two looks for tasks whose time is over, in milliseconds. */
const DEADLINE_INTERVAL_MS = 1000

/** What a write has brought, see {@link Ended}, and the orders that it has accepted. */
interface Outcome extends Ended {
  readonly ordered: readonly Order[]
}

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
  /** Takes up what an earlier life of the service left, and what other front ends leave from now on. */
  start: () => Promise<void>
  /** Goes on with what nobody sees to though somebody was to, such as when the database did not answer. */
  attend: () => Promise<void>
  pause: () => void
  /** Resolves when nothing is on its way to the disk any more. */
  finish: () => Promise<void>
  close: () => void
}

/**
 * Makes the runner of tasks; the operations are given by their names.
 *
 * @param options.onRendition - is told how each rendition has ended that was made for a task
 */
export function createTaskRunner(options: {
  database: ServiceDatabase
  frontEnds: Pick<FrontEnds, 'id' | 'isFirst' | 'onGone'>
  store: TaskStore
  wishes: Wishes
  life: TaskLife
  files: TaskFiles
  transfers: Transfers
  progress: Pick<TaskProgress, 'ended' | 'forget'>
  orders: Orders
  marks: Pick<Marks, 'put'>
  operations: ReadonlyMap<string, TaskOperation>
  programs: FoundPrograms
  onRendition?: ((rendition: RenditionResult) => void) | undefined
  log: Log
  now: () => number
}): TaskRunner {
  const { database, store, wishes, life, files, transfers, orders, operations, log, now } = options
  const { progress, marks, frontEnds } = options
  const planning = createPlanning(options)
  /** What is done in here, with the sequences of the tasks that it is done for. */
  const underWay = new Map<Promise<void>, number>()
  let paused = true
  const isOver = (): boolean => paused

  life.listen({
    wants: ({ of, sequence, isEnd }) => of === 'task' && isEnd && transfers.isUnderWay(sequence),
    hear({ task }) {
      if (task !== undefined && task.endedAt !== null) transfers.abort(task)
    },
    missed: lookAround,
  })

  /** What goes wrong in here is a fault of the service; the task is told so, and the log why. */
  function look(task: Task, work: () => Promise<void>): void {
    const looked = runAbout(aboutTask(task), () => whenItIsBack(work, isOver))
      .catch((error: unknown) =>
        whenItIsBack(async () => {
          // One that was cancelled has its end already, and whatever was done for it was aborted.
          if (paused || (await store.taskBySequence(task.sequence))?.endedAt !== null) return
          await finish(task, planning.toEnding(error))
        }, isOver),
      )
      .catch((error: unknown) => {
        if (!paused) log.error(`the task could not be ended: ${String(error)}`, aboutTask(task))
      })
      .finally(() => underWay.delete(looked))
    underWay.set(looked, task.sequence)
  }

  async function finish(task: Task, ending: Ending): Promise<void> {
    begin(await life.end(task, ending))
  }

  function begin(tasks: readonly Task[]): void {
    if (paused) return
    for (const task of tasks) {
      const operation = operations.get(task.operation)
      if (operation === undefined || operation.kind === 'upload') continue
      look(task, () => beginOne(task, operation))
    }
  }

  async function beginOne(task: Task, operation: TaskOperation): Promise<void> {
    const inputs = await store.inputsOf(task)
    if (inputs.some(isOpen)) return
    if (inputs.some(hasFailed)) return finish(task, INPUT_FAILED)
    // A task that cannot be planned has begun all the same, and then fails.
    const next = await planning.first(task)
    const timeoutMs = 1000 * timeoutOf(await store.payloadOf(task))
    const begun = await database.write(async (tables): Promise<Outcome | undefined> => {
      const tasks = store.within(tables)
      const by = { deadline: now() + timeoutMs, holder: frontEnds.id }
      if (!(await tasks.begin(task, by))) return undefined
      const changes = await begunNow(tasks, task)
      await life.note(tables, changes)
      if (next === undefined) return { changes, ready: [], ordered: [] }
      const outcome = await take(tables, task, 0, next)
      return { ...outcome, changes: [...changes, ...outcome.changes] }
    })
    if (begun === undefined) return
    follow(begun)
    // It has begun: to look at it from the beginning once more would find nothing to do.
    if (operation.kind === 'transfer') await whenItIsBack(() => transfer(task, operation), isOver)
  }

  /** Has a task go on to a stage, or end. */
  async function take(
    tables: ServiceWriting,
    task: Task,
    stage: number,
    next: Next,
  ): Promise<Outcome> {
    if ('ending' in next) return { ...(await life.endNow(tables, task, next.ending)), ordered: [] }
    const ordered = await wishes.accept(tables, task, stage, next.wishes)
    return { changes: [], ready: [], ordered }
  }

  /** What is to happen when an outcome is on the disk. */
  function follow({ changes, ready, ordered }: Outcome): void {
    life.announce(changes)
    for (const order of ordered) orders.begin(order)
    begin(ready)
  }

  async function transfer(task: Task, operation: TransferOperation): Promise<void> {
    const payload = await store.payloadOf(task)
    const inputs = await planning.inputsOf(task)
    const made = await runTransfer(task, () => transfers.run(task, operation, payload, inputs))
    if (made === undefined) return
    const message = joinRemarks(tellUnknownOptions(operation, payload), [])
    const ending = { status: 'finished', ...made, message } as const
    await whenItIsBack(() => finish(task, ending), isOver)
  }

  /** @returns undefined when it went wrong, and is another front end's by now: this one was silent for too long */
  async function runTransfer(task: Task, run: () => Promise<Made>): Promise<Made | undefined> {
    try {
      return await run()
    } catch (error) {
      if ((await store.holderOf(task)) === frontEnds.id) throw error
      return undefined
    }
  }

  /** Nothing when another look has been here before. */
  async function goOn(tables: ServiceWriting, task: Task, next: Next): Promise<Outcome> {
    const tasks = store.within(tables)
    const current = await tasks.taskBySequence(task.sequence)
    if (current === undefined || current.stage !== task.stage || current.endedAt !== null) {
      return { changes: [], ready: [], ordered: [] }
    }
    if ('wishes' in next) await tasks.setStage(task, task.stage + 1)
    return take(tables, task, task.stage + 1, next)
  }

  /** Goes on with a task when all that its stage wants has ended. */
  async function proceed(task: Task): Promise<void> {
    const next = await planning.after(task, await wishes.ofStage(task, task.stage))
    if (next !== undefined) follow(await database.write((tables) => goOn(tables, task, next)))
  }

  /** Ends a rendition, and goes on with its task: in one write where it was the last of its stage. */
  async function settle(
    rendition: TaskRendition,
    end: RenditionEnd,
    result: RenditionResult,
  ): Promise<boolean> {
    const next = await foresee(rendition, end)
    const outcome = await database.write(async (tables): Promise<Outcome | 'later' | undefined> => {
      if (!(await wishes.end(tables, rendition, end))) return undefined
      return next === undefined ? 'later' : goOn(tables, next.task, next.plan)
    })
    if (outcome === undefined) return false
    options.onRendition?.(result)
    await progress.ended(rendition)
    if (outcome !== 'later') follow(outcome)
    else {
      const task = await store.taskBySequence(rendition.task)
      if (task !== undefined) look(task, () => proceed(task))
    }
    return true
  }

  /** What comes when a rendition ends so; undefined when that is not known before. */
  async function foresee(
    { task: sequence, stage, position }: TaskRendition,
    end: RenditionEnd,
  ): Promise<{ task: Task; plan: Next } | undefined> {
    const task = await store.taskBySequence(sequence)
    if (task?.stage !== stage) return undefined
    const made = (await wishes.ofStage(task, stage)).map((each) =>
      each.position === position ? { ...each, ...end } : each,
    )
    try {
      const plan = await planning.after(task, made)
      return plan && { task, plan }
    } catch {
      // Whoever looks afterwards comes to the same, and tells it.
      return undefined
    }
  }

  const ordering: OrderingDoor = {
    async call(order, items) {
      const all = await wishes.ofOrder(order.id)
      const renditions = all.filter(({ position }) => items.includes(position))
      const [first] = renditions
      const task = first && (await store.taskBySequence(first.task))
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
          return marks.put(instructions, { order: order.id, item: position })
        }),
        requestId: task.id,
        auth: { orgId: NAMESPACE, clientId: String(task.user), [REPORTS_PROGRESS]: true },
      }
      return { title: task.id, params, identify: async () => ({}) }
    },
    async fail(order, items, failure) {
      const { reason, message } = toRenditionFailure(failure)
      const code = failure.code === 'unreported' ? reason : failure.code
      for (const rendition of await wishes.ofOrder(order.id)) {
        if (!items.includes(rendition.position)) continue
        await settle(
          rendition,
          { failure: joinFailure(code, message), remarks: [] },
          { result: 'failed', reason: code },
        )
      }
    },
  }

  async function release(task: Task): Promise<void> {
    transfers.abort(task)
    progress.forget(task)
    const unfinished = (await wishes.ofTask(task)).filter(({ failure }) => failure === null)
    await Promise.all([...new Set(unfinished.map(({ order }) => order))].map(orders.cancel))
  }

  async function cancel(task: Task, ending: Ending): Promise<void> {
    const ready = await life.end(task, ending)
    await release(task)
    begin(ready)
  }

  async function endOverdue(): Promise<void> {
    const of = { now: now(), holder: frontEnds.id, waiting: frontEnds.isFirst() }
    for (const task of await store.overdue(of)) {
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
    if (paused) return
    endOverdue().catch((error: unknown) => {
      if (!paused) log.error(`Tasks whose time is over could not be ended: ${String(error)}`)
    })
  }, DEADLINE_INTERVAL_MS)
  deadlines.unref()

  function giveUp(task: Task): Promise<void> {
    const message = `The service was interrupted ${MOST_DEATHS} times while this task was under way; please ask for it again.`
    return finish(task, { status: 'error', code: 'INTERRUPTED', message })
  }

  /** Takes up what front ends have left that are not there any more. */
  async function takeUp(): Promise<void> {
    if (paused) return
    await database.write((tables) => store.within(tables).adopt(frontEnds.id))
    await attend()
  }

  /** Transfers begin anew that nobody is at; what actions make, the orders take up. */
  async function attend(): Promise<void> {
    if (paused) return
    const idle = await store.idle(frontEnds.id)
    const attended = new Set(underWay.values())
    for (const task of idle) if (!attended.has(task.sequence)) goOnWith(task)
  }

  function goOnWith(task: Task): void {
    const operation = operations.get(task.operation)
    if (task.status === 'waiting') return begin([task])
    if (operation?.kind === 'making') return look(task, () => proceed(task))
    if (operation?.kind !== 'transfer') return
    look(task, async () => {
      // It may have ended since it was read.
      if ((await store.taskBySequence(task.sequence))?.endedAt !== null) return
      await (task.attempts < MOST_DEATHS ? transfer(task, operation) : giveUp(task))
    })
  }

  /** Transfers are given up that others have ended, or have taken over while this front end was silent. */
  function letGo(): void {
    tidy('Transfers that others have ended', async () => {
      for (const sequence of transfers.underWay()) {
        if ((await store.holderOf({ sequence })) !== frontEnds.id) transfers.abort({ sequence })
      }
    })
  }

  function tidy(what: string, work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      if (!paused) log.error(`${what} could not be read: ${String(error)}`)
    })
  }

  /** Whoever was to see to something may not have been able to: the database did not answer. */
  function lookAround(): void {
    letGo()
    tidy('Tasks that may go on', attend)
  }

  const stopHearing = frontEnds.onGone(() => {
    letGo()
    tidy('Tasks that another front end has left', takeUp)
  })

  return {
    begin,
    uploaded: (task, file) => finish(task, { status: 'finished', files: [file] }),
    cancel,
    release,
    ordering,
    async receive(order, item, event) {
      const all = await wishes.ofOrder(order.id)
      const rendition = all.find(({ position }) => position === item)
      if (rendition === undefined) return undefined
      const task = await store.taskBySequence(rendition.task)
      const { type, errorReason = 'GenericError', errorMessage = 'The worker failed.' } = event
      const failure =
        type === 'rendition_created' ? '' : joinFailure(errorReason, inWordsOfTasks(errorMessage))
      const remarks = readRemarks(event).map(inWordsOfTasks)
      const ended = await settle(rendition, { failure, remarks }, resultOf(event))
      return { title: task?.id ?? 'a task', ended }
    },
    async start() {
      paused = false
      await takeUp()
    },
    attend,
    pause() {
      paused = true
      transfers.close()
    },
    async finish() {
      while (underWay.size > 0) await Promise.all(underWay.keys())
      await transfers.finish()
    },
    close() {
      clearInterval(deadlines)
      stopHearing()
    },
  }
}

/** What has changed with the beginning of a task. */
async function begunNow(tasks: TaskReads & TaskChanges, task: Task): Promise<Change[]> {
  const job = task.job === null ? undefined : await tasks.jobBySequence(task.job)
  const hasJobBegun = job !== undefined && (await tasks.beginJob(job))
  const begunJob = hasJobBegun ? await tasks.jobBySequence(job.sequence) : undefined
  const begunTask = await tasks.taskBySequence(task.sequence)
  return [
    ...(begunJob ? [{ event: 'updated', job: begunJob } as const] : []),
    ...(begunTask ? [{ event: 'updated', task: begunTask } as const] : []),
  ]
}
