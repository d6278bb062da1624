import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { BuiltInWorker } from '../../../contract/actions.ts'
import {
  type RequestedRendition,
  requestedRenditionSchema,
} from '../../../contract/process-request.ts'
import type {
  ServiceDatabase,
  ServiceReading,
  ServiceWriting,
} from '../../../database/service-database.ts'
import type { ServiceTables } from '../../../database/service-tables.ts'
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

/** What the actions make for tasks, read as it is. */
export interface WishReads {
  ofOrder: (order: number) => Promise<TaskRendition[]>
  ofStage: (task: Task, stage: number) => Promise<TaskRendition[]>
  /** Those of all stages. */
  ofTask: (task: Task) => Promise<TaskRendition[]>
  /** The one that is an item of an order, without what it is to be. */
  find: (
    order: number,
    item: number,
  ) => Promise<Omit<TaskRendition, 'wish' | 'remarks'> | undefined>
  /** How many things all stages want, and how many of them have ended. */
  countOf: (task: Task) => Promise<{ readonly total: number; readonly ended: number }>
}

/** What the actions make for tasks. */
export interface Wishes extends WishReads {
  /** That of a transaction. */
  readonly within: (tables: ServiceReading) => WishReads
  /** Stores what a stage of a task wants, as orders: one for each source and action. */
  accept: (
    tables: ServiceWriting,
    task: Task,
    stage: number,
    wishes: readonly Wish[],
  ) => Promise<Order[]>
  /** Ends one; false when it had ended before. */
  end: (tables: ServiceWriting, rendition: TaskRendition, end: RenditionEnd) => Promise<boolean>
}

/** Renditions that one activation makes. */
const MOST_IN_ORDER = 20

/** Where the file of a rendition is put. */
export function objectOf(taskId: string, stage: number, position: number): string {
  return `jobs/${taskId}/${stage}-${position}`
}

const remarksSchema = z.array(z.string())

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
  { committed }: Pick<ServiceDatabase, 'committed'>,
  options: {
    orders: Pick<Orders, 'accept' | 'end'>
    sealing: Sealing
    actionOf: (worker: BuiltInWorker) => string
  },
): Wishes {
  const { orders, sealing, actionOf } = options

  function toRendition(stored: Selectable<ServiceTables['task_renditions']>): TaskRendition {
    const { order_id: order, rendition, remarks, ...others } = stored
    const { source, ...wish } = wishSchema.parse(JSON.parse(sealing.open(rendition)))
    const told = remarks === null ? [] : remarksSchema.parse(JSON.parse(remarks))
    return { ...others, order, wish: { ...wish, source }, remarks: told }
  }

  function within(tables: ServiceReading): WishReads {
    const all = () => tables.selectFrom('task_renditions').selectAll()
    return {
      async ofOrder(order) {
        return (await all().where('order_id', '=', order).orderBy('position').execute()).map(
          toRendition,
        )
      },
      async ofStage({ sequence }, stage) {
        const rows = await all()
          .where('task', '=', sequence)
          .where('stage', '=', stage)
          .orderBy('position')
          .execute()
        return rows.map(toRendition)
      },
      async ofTask({ sequence }) {
        const rows = await all()
          .where('task', '=', sequence)
          .orderBy('stage')
          .orderBy('position')
          .execute()
        return rows.map(toRendition)
      },
      find: (order, item) =>
        tables
          .selectFrom('task_renditions')
          .select(['task', 'stage', 'position', 'failure', 'order_id as order'])
          .where('order_id', '=', order)
          .where('position', '=', item)
          .executeTakeFirst(),
      countOf: ({ sequence }) =>
        tables
          .selectFrom('task_renditions')
          .select(({ fn }) => [
            fn.countAll<number>().as('total'),
            fn.count<number>('failure').as('ended'),
          ])
          .where('task', '=', sequence)
          .executeTakeFirstOrThrow(),
    }
  }

  return {
    ...within(committed),
    within,
    async accept(tables, { sequence: task, user }, stage, wishes) {
      const numbered = Array.from(wishes.entries())
      // Of many pages some are made beside each other.
      const groups = Map.groupBy(
        numbered,
        ([position, { action, source }]) =>
          `${action} ${source?.object} ${Math.floor(position / MOST_IN_ORDER)}`,
      )
      const accepted: Order[] = []
      for (const group of groups.values()) {
        const [first] = group
        if (first === undefined) throw new Error('a group has at least one member')
        const items = group.map(([position]) => position)
        const worker = actionOf(first[1].action)
        const asked = { door: DOOR, client: String(user), worker, items }
        const order = await orders.accept(tables, asked)
        const rows = group.map(([position, wish]) => ({
          task,
          stage,
          position,
          order_id: order.id,
          rendition: sealing.seal(JSON.stringify(wish)),
        }))
        await tables.insertInto('task_renditions').values(rows).execute()
        accepted.push(order)
      }
      return accepted
    },
    async end(tables, { task, stage, position, order }, { failure, remarks }) {
      if (!(await orders.end(tables, order, position))) return false
      await tables
        .updateTable('task_renditions')
        .set({ failure, remarks: remarks.length === 0 ? null : JSON.stringify(remarks) })
        .where('task', '=', task)
        .where('stage', '=', stage)
        .where('position', '=', position)
        .execute()
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
