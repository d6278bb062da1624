import * as z from 'zod/mini'
import { parseJson } from '../../../base/json.ts'
import type { Log } from '../../../base/log.ts'
import type { FrontEnds } from '../../../database/front-ends.ts'
import type { ServiceDatabase } from '../../../database/service-database.ts'
import type { Order } from '../../../orders/order-store.ts'
import type { Task } from './records.ts'
import type { TaskLife } from './task-life.ts'
import type { TaskStore } from './task-store.ts'
import type { Transfers } from './transfers.ts'
import type { TaskRendition, Wishes } from './wishes.ts'

/** Between two times that listeners are told how far a task is, in milliseconds. */
const PAUSE_MS = 1000

/** What is told other front ends: how far a task is. */
const TOPIC = 'progress'

/** What of a sentence others are told, in characters: what is told has an end. */
const LONGEST_SENTENCE = 500

/** How far a task is. */
export interface Progress {
  /** From 0 to 1. */
  readonly done: number
  /** What it does, where that is told. */
  readonly sentence?: string
}

const toldSchema = z.object({
  by: z.string(),
  task: z.int(),
  done: z.number(),
  sentence: z.optional(z.string()),
})

/**
 * Knows how far tasks are that are under way, as front ends tell each other; nothing of it is on the disk, and no end depends on it.
 */
export interface TaskProgress {
  /** Undefined when nothing is known, or the task is not under way. */
  of: (task: Task) => Promise<Progress | undefined>
  /**
   * Takes what an action says of an item of an order, from 0 to 1.
   *
   * @returns whether there is such an item, and it has not ended
   */
  report: (order: Order, item: number, done: number) => Promise<boolean>
  /** Takes note that the transfer of a task has come further. */
  moved: (task: Task) => Promise<void>
  /** Takes note that a rendition has ended. */
  ended: (rendition: Place) => Promise<void>
  /** Forgets a task that is about to be removed; one that has ended is forgotten by itself. */
  forget: (task: Task) => void
  /** Hears nothing more of other front ends. */
  close: () => void
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
  /** What another front end does. */
  sentence?: string | undefined
}

/** Makes what knows of the progress of tasks, those of `transfers` among them. */
export function createTaskProgress(options: {
  database: ServiceDatabase
  frontEnds: Pick<FrontEnds, 'id' | 'count'>
  store: Pick<TaskStore, 'taskBySequence' | 'within'>
  wishes: Pick<Wishes, 'find' | 'countOf'>
  transfers: Pick<Transfers, 'progressOf'>
  life: Pick<TaskLife, 'announce' | 'listen' | 'note'>
  log: Pick<Log, 'warn'>
  now: () => number
}): TaskProgress {
  const { database, frontEnds, store, wishes, transfers, life, log, now } = options
  const known = new Map<number, Known>()

  const close = database.hear(TOPIC, (what) => {
    const told = z.safeParse(toldSchema, what === undefined ? undefined : parseJson(what)).data
    if (told === undefined || told.by === frontEnds.id) return
    const found = knownOf(told.task)
    found.most = Math.max(found.most, told.done)
    found.sentence = told.sentence
  })

  life.listen({
    wants: ({ of, sequence, isEnd }) => of === 'task' && isEnd && known.has(sequence),
    hear({ task }) {
      if (task !== undefined && task.endedAt !== null) known.delete(task.sequence)
    },
    // It may have been an end.
    missed: () => known.clear(),
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
    const isUnknown = total === 0 || (total === 1 && reports.length === 0)
    if (isUnknown && !found?.most) return undefined
    const done = isUnknown ? 0 : reports.reduce((sum, each) => sum + each, ended) / total
    const most = Math.max(found?.most ?? 0, done)
    if (found === undefined) return { done: most }
    found.most = most
    const { sentence } = found
    return { done: Math.min(1, most), ...(sentence !== undefined && { sentence }) }
  }

  async function progressOf(task: Task): Promise<Progress | undefined> {
    if (task.status !== 'processing') return undefined
    return transfers.progressOf(task) ?? madeOf(task)
  }

  /** Tells listeners of a task that has come further, at most once a second. */
  async function tell(task: Task): Promise<void> {
    const found = knownOf(task.sequence)
    if (now() - found.toldAt < PAUSE_MS) return
    found.toldAt = now()
    await pass(task)
  }

  async function pass(task: Task): Promise<void> {
    life.announce([{ event: 'updated', task }])
    if (frontEnds.count() === 1) return
    await tellOthers(task).catch((error: unknown) => {
      log.warn(`Other front ends could not be told of progress: ${String(error)}`)
    })
  }

  async function tellOthers(task: Task): Promise<void> {
    const progress = await progressOf(task)
    if (progress === undefined) return
    const told: z.infer<typeof toldSchema> = {
      by: frontEnds.id,
      task: task.sequence,
      done: progress.done,
      ...(progress.sentence !== undefined && {
        sentence: progress.sentence.slice(0, LONGEST_SENTENCE),
      }),
    }
    await database.write(async (tables) => {
      const current = await store.within(tables).taskBySequence(task.sequence)
      if (current?.status !== 'processing') return
      await database.tell(tables, TOPIC, JSON.stringify(told))
      await life.note(tables, [{ event: 'updated', task: current }])
    })
  }

  return {
    of: progressOf,
    async report({ id }, item, done) {
      const rendition = await wishes.find(id, item)
      if (rendition === undefined || rendition.failure !== null) return false
      const task = await store.taskBySequence(rendition.task)
      if (task?.status !== 'processing') return false
      const { reports } = knownOf(task.sequence)
      const place = placeOf(rendition)
      reports.set(place, Math.max(reports.get(place) ?? 0, done))
      await tell(task)
      return true
    },
    async moved({ sequence }) {
      const task = await store.taskBySequence(sequence)
      if (task?.status === 'processing') await pass(task)
    },
    forget: ({ sequence }) => void known.delete(sequence),
    async ended(rendition) {
      known.get(rendition.task)?.reports.delete(placeOf(rendition))
      const task = await store.taskBySequence(rendition.task)
      if (task?.status !== 'processing') return
      if ((await wishes.countOf(task)).total > 1) await tell(task)
    },
    close,
  }
}

function placeOf({ stage, position }: Place): string {
  return `${stage}-${position}`
}
