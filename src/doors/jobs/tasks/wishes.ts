import * as z from 'zod/mini'
import type { BuiltInWorker } from '../../../contract/actions.ts'
import {
  type RequestedRendition,
  requestedRenditionSchema,
} from '../../../contract/process-request.ts'
import type { Database } from '../../../home/database.ts'
import type { Sealing } from '../../../home/sealing.ts'
import type { Order } from '../../../orders/order-store.ts'
import type { Orders } from '../../../orders/orders.ts'
import type { Wish } from '../operations/operation.ts'
import type { Task, TaskFile } from './records.ts'

/** The name of this door among those that orders come from. */
export const DOOR = 'jobs'

/** How a rendition has ended. */
export interface RenditionEnd {
  /** Empty, or why it failed. */
  readonly failure: string
  /** What could not be done though it is made, a sentence each. */
  readonly remarks: readonly string[]
}

/** A rendition that an order is to make for a task. */
export interface TaskRendition {
  /** {@link Task.sequence} */
  readonly task: number
  readonly stage: number
  /** Among those of its stage, and so its item in the order. */
  readonly position: number
  readonly order: number
  readonly wish: Wish
  /** Null until it has ended; then empty, or why it failed. */
  readonly failure: string | null
  /** See {@link RenditionEnd.remarks}. */
  readonly remarks: readonly string[]
}

/** What the actions make for tasks; changes belong inside {@link Database.write}. */
export interface Wishes {
  /** Stores what a stage of a task wants, as orders: one for each source and action. */
  accept: (task: Task, stage: number, wishes: readonly Wish[]) => Order[]
  ofOrder: (order: number) => TaskRendition[]
  ofStage: (task: Task, stage: number) => TaskRendition[]
  /** Those of all stages. */
  ofTask: (task: Task) => TaskRendition[]
  /** The one that is an item of an order, without what it is to be. */
  find: (order: number, item: number) => Omit<TaskRendition, 'wish' | 'remarks'> | undefined
  /** How many things all stages want, and how many of them have ended. */
  countOf: (task: Task) => { readonly total: number; readonly ended: number }
  /** Ends one; false when it had ended before. */
  end: (rendition: TaskRendition, end: RenditionEnd) => boolean
}

/** Renditions that one activation makes. */
const MOST_IN_ORDER = 20

/** Where the file of a rendition is put. */
export function objectOf(taskId: string, stage: number, position: number): string {
  return `jobs/${taskId}/${stage}-${position}`
}

const row = z.object({
  task: z.int(),
  stage: z.int(),
  position: z.int(),
  order_id: z.int(),
  rendition: z.instanceof(Uint8Array),
  failure: z.nullable(z.string()),
  remarks: z.nullable(z.string()),
})

const remarksSchema = z.array(z.string())

const placeRow = z.object({
  task: z.int(),
  stage: z.int(),
  position: z.int(),
  failure: z.nullable(z.string()),
})

const countRow = z.object({ total: z.int(), ended: z.int() })

const file = z.object({
  filename: z.string(),
  object: z.string(),
  size: z.int(),
  contentType: z.string(),
}) satisfies z.ZodMiniType<TaskFile>

const WORKERS = [
  'worker',
  'document',
  'metadata',
  'pdf',
  'ocr',
  'archive',
  'video',
  'office',
  'capture',
  'command',
  'data',
] as const satisfies BuiltInWorker[]

const wishSchema = z.object({
  action: z.enum(WORKERS),
  source: z.optional(file),
  instructions: z.record(z.string(), z.unknown()),
  urls: z.optional(
    z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), object: z.string() })),
  ),
  filename: z.union([
    z.string(),
    z.object({ report: z.literal(true) }),
    z.object({ intermediate: z.string() }),
  ]),
})

/** Opens what the actions make for tasks in `database`. */
export function openWishes(
  database: Database,
  options: {
    orders: Pick<Orders, 'accept' | 'end'>
    sealing: Sealing
    actionOf: (worker: BuiltInWorker) => string
  },
): Wishes {
  const { orders, sealing, actionOf } = options
  const insert = database.prepare(
    'INSERT INTO task_renditions (task, stage, position, order_id, rendition) VALUES (?, ?, ?, ?, ?)',
  )
  const selectByOrder = database.prepare(
    'SELECT * FROM task_renditions WHERE order_id = ? ORDER BY position',
  )
  const selectPlace = database.prepare(
    'SELECT task, stage, position, failure FROM task_renditions WHERE order_id = ? AND position = ?',
  )
  const selectByStage = database.prepare(
    'SELECT * FROM task_renditions WHERE task = ? AND stage = ? ORDER BY position',
  )
  const selectByTask = database.prepare(
    'SELECT * FROM task_renditions WHERE task = ? ORDER BY stage, position',
  )
  const selectCount = database.prepare(
    'SELECT count(*) AS total, count(failure) AS ended FROM task_renditions WHERE task = ?',
  )
  const updateEnd = database.prepare(
    'UPDATE task_renditions SET failure = ?, remarks = ? WHERE task = ? AND stage = ? AND position = ?',
  )

  function toRendition(stored: unknown): TaskRendition {
    const { order_id: order, rendition, remarks, ...others } = row.parse(stored)
    const { source, ...wish } = wishSchema.parse(JSON.parse(sealing.open(rendition)))
    const told = remarks === null ? [] : remarksSchema.parse(JSON.parse(remarks))
    return { ...others, order, wish: { ...wish, source }, remarks: told }
  }

  return {
    accept({ sequence: task, user }, stage, wishes) {
      const numbered = Array.from(wishes.entries())
      // Of many pages some are made beside each other.
      const groups = Map.groupBy(
        numbered,
        ([position, { action, source }]) =>
          `${action} ${source?.object} ${Math.floor(position / MOST_IN_ORDER)}`,
      )
      return Array.from(groups.values(), (group) => {
        const [first] = group
        if (first === undefined) throw new Error('a group has at least one member')
        const items = group.map(([position]) => position)
        const worker = actionOf(first[1].action)
        const order = orders.accept({ door: DOOR, client: String(user), worker, items })
        for (const [position, wish] of group) {
          insert.run(task, stage, position, order.id, sealing.seal(JSON.stringify(wish)))
        }
        return order
      })
    },
    ofOrder: (order) => selectByOrder.all(order).map(toRendition),
    ofStage: ({ sequence }, stage) => selectByStage.all(sequence, stage).map(toRendition),
    ofTask: ({ sequence }) => selectByTask.all(sequence).map(toRendition),
    find(order, item) {
      const stored = selectPlace.get(order, item)
      return stored === undefined ? undefined : { ...placeRow.parse(stored), order }
    },
    countOf: ({ sequence }) => countRow.parse(selectCount.get(sequence)),
    end({ task, stage, position, order }, { failure, remarks }) {
      if (!orders.end(order, position)) return false
      const told = remarks.length === 0 ? null : JSON.stringify(remarks)
      updateEnd.run(failure, told, task, stage, position)
      return true
    },
  }
}

/**
 * The instructions of a wish as its action gets them.
 *
 * @param options.target - where the file is to be put
 * @param options.urlOf - by which the action reads a file
 */
export function toInstructions(
  { instructions, urls = [] }: Wish,
  options: { target: string; urlOf: (object: string) => string },
): RequestedRendition {
  const filled = urls.reduce<unknown>(
    (known, { path, object }) => replaceAt(known, path, options.urlOf(object)),
    instructions,
  )
  return z.parse(requestedRenditionSchema, { ...Object(filled), target: options.target })
}

function replaceAt(
  value: unknown,
  [key, ...rest]: readonly (string | number)[],
  by: string,
): unknown {
  if (key === undefined) return by
  if (Array.isArray(value)) {
    const items: unknown[] = value
    return items.map((item, index) => (index === key ? replaceAt(item, rest, by) : item))
  }
  const members: Record<string, unknown> = { ...Object(value) }
  return { ...members, [key]: replaceAt(members[key], rest, by) }
}
