import type { Order } from '../../../orders/order-store.ts'
import type { Task } from './records.ts'
import type { TaskLife } from './task-life.ts'
import type { TaskStore } from './task-store.ts'
import type { Transfers } from './transfers.ts'
import type { TaskRendition, Wishes } from './wishes.ts'

/** Between two times that listeners are told how far a task is, in milliseconds. */
const PAUSE_MS = 1000

/** How far a task is. */
export interface Progress {
  /** From 0 to 1. */
  readonly done: number
  /** What it does, where that is told. */
  readonly sentence?: string
}

/** Knows how far tasks are that are under way; nothing of it is on the disk, and no end depends on it. */
export interface TaskProgress {
  /** Undefined when nothing is known, or the task is not under way. */
  of: (task: Task) => Promise<Progress | undefined>
  /**
   * Takes what an action says of an item of an order, from 0 to 1.
   *
   * @returns whether there is such an item, and it has not ended
   */
  report: (order: Order, item: number, done: number) => Promise<boolean>
  /** Takes note that a rendition has ended. */
  ended: (rendition: Place) => Promise<void>
  /** Forgets a task that is about to be removed; one that has ended is forgotten by itself. */
  forget: (task: Task) => void
}

/** Which rendition of which task. */
type Place = Pick<TaskRendition, 'task' | 'stage' | 'position'>

/** What is known of a task that actions make. */
interface Known {
  /** Of what has not ended, by stage and position. */
  readonly reports: Map<string, number>
  toldAt: number
  /** The most that was told: a further stage makes less of what was done before. */
  most: number
}

/** Makes what knows of the progress of tasks, those of `transfers` among them. */
export function createTaskProgress(options: {
  store: Pick<TaskStore, 'taskBySequence'>
  wishes: Pick<Wishes, 'find' | 'countOf'>
  transfers: Pick<Transfers, 'progressOf'>
  life: Pick<TaskLife, 'announce' | 'listen'>
  now: () => number
}): TaskProgress {
  const { store, wishes, transfers, life, now } = options
  const known = new Map<number, Known>()

  life.listen(({ task }) => {
    if (task !== undefined && task.endedAt !== null) known.delete(task.sequence)
  })

  function knownOf(sequence: number): Known {
    const found = known.get(sequence) ?? {
      reports: new Map<string, number>(),
      toldAt: Number.NEGATIVE_INFINITY,
      most: 0,
    }
    known.set(sequence, found)
    return found
  }

  async function madeOf(task: Task): Promise<Progress | undefined> {
    const { total, ended } = await wishes.countOf(task)
    const found = known.get(task.sequence)
    const reports = [...(found?.reports.values() ?? [])]
    // Of one thing that says nothing of itself nothing is known.
    if (total === 0 || (total === 1 && reports.length === 0)) return undefined
    const done = reports.reduce((sum, each) => sum + each, ended) / total
    const most = Math.max(found?.most ?? 0, done)
    if (found !== undefined) found.most = most
    return { done: Math.min(1, most) }
  }

  /** Tells listeners of a task that has come further, at most once a second. */
  function tell(task: Task): void {
    const found = knownOf(task.sequence)
    if (now() - found.toldAt < PAUSE_MS) return
    found.toldAt = now()
    life.announce([{ event: 'updated', task }])
  }

  return {
    async of(task) {
      if (task.status !== 'processing') return undefined
      return transfers.progressOf(task) ?? madeOf(task)
    },
    async report({ id }, item, done) {
      const rendition = await wishes.find(id, item)
      if (rendition === undefined || rendition.failure !== null) return false
      const task = await store.taskBySequence(rendition.task)
      if (task?.status !== 'processing') return false
      const { reports } = knownOf(task.sequence)
      const place = placeOf(rendition)
      reports.set(place, Math.max(reports.get(place) ?? 0, done))
      tell(task)
      return true
    },
    forget: ({ sequence }) => void known.delete(sequence),
    async ended(rendition) {
      known.get(rendition.task)?.reports.delete(placeOf(rendition))
      const task = await store.taskBySequence(rendition.task)
      if (task?.status !== 'processing') return
      if ((await wishes.countOf(task)).total > 1) tell(task)
    },
  }
}

function placeOf({ stage, position }: Place): string {
  return `${stage}-${position}`
}
