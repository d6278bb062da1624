import * as z from 'zod/mini'
import {
  type ProcessRequest,
  type RequestedRendition,
  type RequestedSource,
  requestedRenditionSchema,
  sourceSchema,
  userDataSchema,
} from '../../contract/process-request.ts'
import { type Database, SWEPT_AT_ONCE } from '../../home/database.ts'
import type { Client } from '../../http/client.ts'
import type { Order } from '../../orders/order-store.ts'
import type { Orders } from '../../orders/orders.ts'
import { RETENTION_MS } from './journal.ts'

/** The name of this door among those that orders come from. */
export const DOOR = 'asset-compute'

const requestRow = z.object({
  id: z.int(),
  registration_id: z.string(),
  request_id: z.string(),
  client_id: z.string(),
  org_id: z.string(),
  token_id: z.string(),
  source: z.nullable(z.string()),
  user_data: z.nullable(z.string()),
  accepted_at: z.int(),
})
const renditionRow = z.object({ instructions: z.string(), order_id: z.int() })
const orderRow = z.object({ order_id: z.int() })
const underWayRow = z.object({ order_id: z.int(), request_id: z.string() })
const stepRow = z.object({ last: z.nullable(z.int()) })

/** One accepted `POST /process`. */
export interface AcceptedRequest {
  /** Names it in this house; the `requestId` is the client's, who may use it twice. */
  id: number
  registrationId: string
  requestId: string
  client: Client
  source: RequestedSource | undefined
  userData: Record<string, unknown> | undefined
  /** Milliseconds since 1970. */
  acceptedAt: number
}

/** A rendition of an accepted request. */
export interface AcceptedRendition {
  /** Its place in the request's `renditions`, and so its item in the order. */
  position: number
  instructions: RequestedRendition
  /** {@link Order.id} of the order that makes it. */
  order: number
}

/** The requests that were accepted, and of what orders their renditions are items: one for each worker. */
export interface AcceptedRequests {
  /**
   * Stores a request and its orders; they are on the disk when the promise resolves. Resolves with undefined when the
   * registration has been removed meanwhile.
   */
  accept: (
    registrationId: string,
    client: Client,
    requestId: string,
    body: ProcessRequest,
  ) => Promise<Order[] | undefined>
  byId: (id: number) => AcceptedRequest | undefined
  byOrder: (orderId: number) => AcceptedRequest | undefined
  /** The orders of a client that have not ended, and which of its requests each is of. */
  underWay: (clientId: string) => readonly { readonly order: number; readonly requestId: string }[]
  /** A rendition as it was asked for, whether or not it has ended. */
  rendition: (id: number, position: number) => AcceptedRendition | undefined
  /** Forgets the orders of a registration, before it is removed; inside {@link Database.write}. */
  forgetOrders: (registrationId: string) => void
  /** Forgets requests that ended longer ago than the journal keeps their events. */
  sweep: () => Promise<void>
}

/**
 * Opens the requests in `database`.
 *
 * @param options.chooseWorker - what makes a rendition, see {@link Order.worker}
 */
export function openAcceptedRequests(
  database: Database,
  options: {
    orders: Pick<Orders, 'accept' | 'forget' | 'sweep'>
    chooseWorker: (rendition: RequestedRendition, source: ProcessRequest['source']) => string
    now: () => number
  },
): AcceptedRequests {
  const { orders, chooseWorker, now } = options
  const insertRequest = database.prepare(
    `INSERT INTO requests (registration_id, request_id, client_id, org_id, token_id, source, user_data, accepted_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (SELECT 1 FROM registrations WHERE id = ?1)`,
  )
  const insertRendition = database.prepare(
    'INSERT INTO renditions (request, position, instructions, order_id) VALUES (?, ?, ?, ?)',
  )
  const selectRequest = database.prepare('SELECT * FROM requests WHERE id = ?')
  const selectByOrder = database.prepare(
    'SELECT * FROM requests WHERE id = (SELECT request FROM renditions WHERE order_id = ? LIMIT 1)',
  )
  const selectRendition = database.prepare(
    'SELECT instructions, order_id FROM renditions WHERE request = ? AND position = ?',
  )
  const selectOrders = database.prepare(
    `SELECT DISTINCT order_id FROM renditions
       WHERE request IN (SELECT id FROM requests WHERE registration_id = ?)`,
  )
  // CROSS keeps the order: what is under way is little, and what was ever asked for is not.
  const selectUnderWay = database.prepare(
    `SELECT DISTINCT renditions.order_id, requests.request_id FROM order_items
       CROSS JOIN renditions ON renditions.order_id = order_items.order_id
       CROSS JOIN requests ON requests.id = renditions.request
       WHERE order_items.pending = 1 AND requests.client_id = ?`,
  )
  // The renditions of an order go with it. Those that are kept must not be looked at again with each step.
  const selectStep = database.prepare(
    `SELECT max(id) AS last FROM (SELECT id FROM requests WHERE id > ? ORDER BY id LIMIT ${SWEPT_AT_ONCE})`,
  )
  const deleteEmpty = database.prepare(
    `DELETE FROM requests WHERE id > ? AND id <= ? AND accepted_at < ?
       AND NOT EXISTS (SELECT 1 FROM renditions WHERE request = requests.id)`,
  )

  return {
    accept(registrationId, client, requestId, body) {
      return database.write(() => {
        const { changes, lastInsertRowid } = insertRequest.run(
          registrationId,
          requestId,
          client.clientId,
          client.orgId,
          client.tokenId,
          toJson(body.source),
          toJson(body.userData),
          now(),
        )
        if (changes === 0) return undefined
        const renditions = Array.from(body.renditions.entries())
        const groups = Map.groupBy(renditions, ([, instructions]) =>
          chooseWorker(instructions, body.source),
        )
        return Array.from(groups, ([worker, group]) => {
          const items = group.map(([position]) => position)
          const order = orders.accept({ door: DOOR, client: client.clientId, worker, items })
          for (const [position, instructions] of group) {
            insertRendition.run(lastInsertRowid, position, JSON.stringify(instructions), order.id)
          }
          return order
        })
      })
    },

    byId: (id) => find(selectRequest.get(id)),
    byOrder: (orderId) => find(selectByOrder.get(orderId)),

    underWay: (clientId) =>
      selectUnderWay.all(clientId).map((row) => {
        const { order_id: order, request_id: requestId } = underWayRow.parse(row)
        return { order, requestId }
      }),

    rendition(id, position) {
      const row = selectRendition.get(id, position)
      if (row === undefined) return undefined
      const { instructions, order_id: order } = renditionRow.parse(row)
      return {
        position,
        instructions: requestedRenditionSchema.parse(JSON.parse(instructions)),
        order,
      }
    },

    forgetOrders(registrationId) {
      orders.forget(selectOrders.all(registrationId).map((row) => orderRow.parse(row).order_id))
    },

    async sweep() {
      const before = now() - RETENTION_MS
      await orders.sweep(DOOR, before)
      let first = 0
      await database.sweep(() => {
        const { last } = stepRow.parse(selectStep.get(first))
        if (last === null) return false
        deleteEmpty.run(first, last, before)
        first = last
        return true
      })
    },
  }
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

function find(row: unknown): AcceptedRequest | undefined {
  if (row === undefined) return undefined
  const request = requestRow.parse(row)
  const { source, user_data: userData } = request
  return {
    id: request.id,
    registrationId: request.registration_id,
    requestId: request.request_id,
    client: { clientId: request.client_id, orgId: request.org_id, tokenId: request.token_id },
    source: source === null ? undefined : sourceSchema.parse(JSON.parse(source)),
    userData: userData === null ? undefined : userDataSchema.parse(JSON.parse(userData)),
    acceptedAt: request.accepted_at,
  }
}
