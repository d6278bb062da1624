import type { Selectable } from 'kysely'
import {
  type ProcessRequest,
  type RequestedRendition,
  type RequestedSource,
  requestedRenditionSchema,
  sourceSchema,
  userDataSchema,
} from '../../contract/process-request.ts'
import { type Given, prepareQuery } from '../../database/prepared-query.ts'
import type {
  ServiceDatabase,
  ServiceReading,
  ServiceWriting,
} from '../../database/service-database.ts'
import type { ServiceTables } from '../../database/service-tables.ts'
import { SWEPT_AT_ONCE } from '../../home/group-commit.ts'
import type { Client } from '../../http/client.ts'
import { IS_PENDING, type Order } from '../../orders/order-store.ts'
import type { Orders } from '../../orders/orders.ts'
import { RETENTION_MS } from './journal.ts'

/** The name of this door among those that orders come from. */
export const DOOR = 'asset-compute'

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
  byId: (id: number) => Promise<AcceptedRequest | undefined>
  byOrder: (orderId: number) => Promise<AcceptedRequest | undefined>
  /** The orders of a client that have not ended, and which of its requests each is of. */
  underWay: (
    clientId: string,
  ) => Promise<readonly { readonly order: number; readonly requestId: string }[]>
  /** The renditions of a request as they were asked for, whether or not they have ended, in the order of their positions. */
  renditions: (id: number) => Promise<readonly AcceptedRendition[]>
  /** One of them, as it is within a transaction. */
  rendition: (
    tables: ServiceReading,
    id: number,
    position: number,
  ) => Promise<AcceptedRendition | undefined>
  /** Forgets the orders of a registration, before it is removed. */
  forgetOrders: (tables: ServiceWriting, registrationId: string) => Promise<void>
  /** Forgets requests that ended longer ago than the journal keeps their events. */
  sweep: () => Promise<void>
}

const registered = prepareQuery(
  (tables: ServiceReading, given: Given<{ registrationId: string }>) =>
    tables.selectFrom('registrations').select('id').where('id', '=', given('registrationId')),
)

const add = prepareQuery(
  (
    tables: ServiceWriting,
    given: Given<{
      registrationId: string
      requestId: string
      clientId: string
      orgId: string
      tokenId: string
      source: string | null
      userData: string | null
      acceptedAt: number
    }>,
  ) =>
    tables
      .insertInto('requests')
      .values({
        registration_id: given('registrationId'),
        request_id: given('requestId'),
        client_id: given('clientId'),
        org_id: given('orgId'),
        token_id: given('tokenId'),
        source: given('source'),
        user_data: given('userData'),
        accepted_at: given('acceptedAt'),
      })
      .returning('id'),
)

const addRendition = prepareQuery(
  (
    tables: ServiceWriting,
    given: Given<{ request: number; position: number; instructions: string; order: number }>,
  ) =>
    tables.insertInto('renditions').values({
      request: given('request'),
      position: given('position'),
      instructions: given('instructions'),
      order_id: given('order'),
    }),
)

const byId = prepareQuery((tables: ServiceReading, given: Given<{ id: number }>) =>
  tables.selectFrom('requests').selectAll().where('id', '=', given('id')),
)

const byOrder = prepareQuery((tables: ServiceReading, given: Given<{ order: number }>) =>
  tables
    .selectFrom('requests')
    .selectAll()
    .where('id', '=', (eb) =>
      eb.selectFrom('renditions').select('request').where('order_id', '=', given('order')).limit(1),
    ),
)

const renditionsOf = prepareQuery((tables: ServiceReading, given: Given<{ id: number }>) =>
  selectRenditions(tables).where('request', '=', given('id')).orderBy('position'),
)

const renditionAt = prepareQuery(
  (tables: ServiceReading, given: Given<{ id: number; position: number }>) =>
    selectRenditions(tables)
      .where('request', '=', given('id'))
      .where('position', '=', given('position')),
)

/**
 * Opens the requests in `database`.
 *
 * @param options.chooseWorker - what makes a rendition, see {@link Order.worker}
 */
export function openAcceptedRequests(
  database: ServiceDatabase,
  options: {
    orders: Pick<Orders, 'accept' | 'forget' | 'sweep'>
    chooseWorker: (rendition: RequestedRendition, source: ProcessRequest['source']) => string
    now: () => number
  },
): AcceptedRequests {
  const { orders, chooseWorker, now } = options
  const { committed } = database

  return {
    accept(registrationId, client, requestId, body) {
      return database.write(async (tables) => {
        if ((await registered.first(tables, { registrationId })) === undefined) return undefined
        const request = await add.first(tables, {
          registrationId,
          requestId,
          clientId: client.clientId,
          orgId: client.orgId,
          tokenId: client.tokenId,
          source: toJson(body.source),
          userData: toJson(body.userData),
          acceptedAt: now(),
        })
        if (request === undefined) throw new Error('no request was added')
        const renditions = Array.from(body.renditions.entries())
        const groups = Map.groupBy(renditions, ([, instructions]) =>
          chooseWorker(instructions, body.source),
        )
        const accepted: Order[] = []
        for (const [worker, group] of groups) {
          const items = group.map(([position]) => position)
          const asked = { door: DOOR, client: client.clientId, worker, items }
          const order = await orders.accept(tables, asked)
          for (const [position, instructions] of group) {
            await addRendition.count(tables, {
              request: request.id,
              position,
              instructions: JSON.stringify(instructions),
              order: order.id,
            })
          }
          accepted.push(order)
        }
        return accepted
      })
    },

    byId: async (id) => toRequest(await byId.first(committed, { id })),
    byOrder: async (order) => toRequest(await byOrder.first(committed, { order })),

    underWay: (clientId) =>
      committed
        .selectFrom('order_items')
        .innerJoin('renditions', 'renditions.order_id', 'order_items.order_id')
        .innerJoin('requests', 'requests.id', 'renditions.request')
        .select(['renditions.order_id as order', 'requests.request_id as requestId'])
        .distinct()
        .where('order_items.pending', '=', IS_PENDING)
        .where('requests.client_id', '=', clientId)
        .execute(),

    async renditions(id) {
      const rows = await renditionsOf.all(committed, { id })
      return rows.map(toRendition)
    },

    async rendition(tables, id, position) {
      const row = await renditionAt.first(tables, { id, position })
      return row && toRendition(row)
    },

    async forgetOrders(tables, registrationId) {
      const rows = await tables
        .selectFrom('renditions')
        .innerJoin('requests', 'requests.id', 'renditions.request')
        .select('renditions.order_id as order')
        .distinct()
        .where('requests.registration_id', '=', registrationId)
        .execute()
      await orders.forget(
        tables,
        rows.map(({ order }) => order),
      )
    },

    async sweep() {
      const before = now() - RETENTION_MS
      await orders.sweep(DOOR, before)
      // The renditions of an order go with it. Those that are kept must not be looked at again with each step.
      let first = 0
      await database.sweep(async (tables) => {
        const step = await tables
          .selectFrom('requests')
          .select('id')
          .where('id', '>', first)
          .orderBy('id')
          .limit(SWEPT_AT_ONCE)
          .execute()
        const last = step.at(-1)?.id
        if (last === undefined) return false
        await tables
          .deleteFrom('requests')
          .where('id', '>', first)
          .where('id', '<=', last)
          .where('accepted_at', '<', before)
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('renditions')
                  .select('position')
                  .whereRef('request', '=', 'requests.id'),
              ),
            ),
          )
          .execute()
        first = last
        return true
      })
    },
  }
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

function toRendition(
  row: Pick<Selectable<ServiceTables['renditions']>, 'position' | 'instructions' | 'order_id'>,
): AcceptedRendition {
  return {
    position: row.position,
    instructions: requestedRenditionSchema.parse(JSON.parse(row.instructions)),
    order: row.order_id,
  }
}

function toRequest(
  row: Selectable<ServiceTables['requests']> | undefined,
): AcceptedRequest | undefined {
  if (row === undefined) return undefined
  const { source, user_data: userData } = row
  return {
    id: row.id,
    registrationId: row.registration_id,
    requestId: row.request_id,
    client: { clientId: row.client_id, orgId: row.org_id, tokenId: row.token_id },
    source: source === null ? undefined : sourceSchema.parse(JSON.parse(source)),
    userData: userData === null ? undefined : userDataSchema.parse(JSON.parse(userData)),
    acceptedAt: row.accepted_at,
  }
}

function selectRenditions(tables: ServiceReading) {
  return tables.selectFrom('renditions').select(['position', 'instructions', 'order_id'])
}
