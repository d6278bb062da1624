import { randomUUID } from 'node:crypto'
import { type Given, prepareQuery } from '../../database/prepared-query.ts'
import type {
  ServiceDatabase,
  ServiceReading,
  ServiceWriting,
} from '../../database/service-database.ts'
import type { Client } from '../../http/client.ts'

/** A client's registration, and with it a journal. */
export interface Registration {
  /** Names the journal in its URL. */
  id: string
  clientId: string
  /** Events up to this position were swept from the journal; 0 when none was. */
  sweptPosition: number
  /** The position of the journal's newest event; 0 when there was none. */
  lastPosition: number
}

/** Which clients are registered. */
export interface Registrations {
  /** The client's registration, made when there is none. */
  register: (client: Client) => Promise<Registration>
  /**
   * Removes the registration, its journal and what is left of its requests. False when there was none.
   *
   * @param removing - is told of it in the same transaction, before it is gone
   */
  unregister: (
    client: Client,
    removing: (tables: ServiceWriting, registration: Registration) => Promise<void>,
  ) => Promise<boolean>
  ofClient: (client: Client) => Promise<Registration | undefined>
  byId: (id: string) => Promise<Registration | undefined>
}

const COLUMNS = [
  'id',
  'client_id as clientId',
  'swept_position as sweptPosition',
  'last_position as lastPosition',
] as const

const ofClient = prepareQuery((tables: ServiceReading, given: Given<{ clientId: string }>) =>
  tables.selectFrom('registrations').select(COLUMNS).where('client_id', '=', given('clientId')),
)

const byId = prepareQuery((tables: ServiceReading, given: Given<{ id: string }>) =>
  tables.selectFrom('registrations').select(COLUMNS).where('id', '=', given('id')),
)

/** Opens the registrations in `database`. */
export function openRegistrations(database: ServiceDatabase): Registrations {
  const { committed } = database

  return {
    ofClient: ({ clientId }) => ofClient.first(committed, { clientId }),
    byId: (id) => byId.first(committed, { id }),
    async register(client) {
      const { clientId, orgId } = client
      return (
        (await ofClient.first(committed, { clientId })) ??
        database.write((tables) =>
          tables
            .insertInto('registrations')
            .values({ id: randomUUID(), client_id: clientId, org_id: orgId })
            // One made meanwhile is left as it is; only a row that was touched is returned.
            .onConflict((conflict) =>
              conflict.column('client_id').doUpdateSet({ client_id: clientId }),
            )
            .returning(COLUMNS)
            .executeTakeFirstOrThrow(),
        )
      )
    },
    unregister: (client, removing) =>
      database.write(async (tables) => {
        const registration = await ofClient.first(tables, { clientId: client.clientId })
        if (registration === undefined) return false
        await removing(tables, registration)
        await tables.deleteFrom('registrations').where('id', '=', registration.id).execute()
        return true
      }),
  }
}
