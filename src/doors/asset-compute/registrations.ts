import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { Database } from '../../home/database.ts'
import type { Client } from '../../http/client.ts'

const rowSchema = z.object({
  id: z.string(),
  client_id: z.string(),
  swept_position: z.int(),
})

/** A client's registration, and with it a journal. */
export interface Registration {
  /** Names the journal in its URL. */
  id: string
  clientId: string
  /** Events up to this position were swept from the journal; 0 when none was. */
  sweptPosition: number
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
  unregister: (client: Client, removing: (registration: Registration) => void) => Promise<boolean>
  ofClient: (client: Client) => Registration | undefined
  byId: (id: string) => Registration | undefined
}

/** Opens the registrations in `database`. */
export function openRegistrations(database: Database): Registrations {
  // A registration made meanwhile is left as it is; only a row that was touched is returned.
  const insert = database.prepare(
    `INSERT INTO registrations (id, client_id, org_id) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET client_id = client_id RETURNING *`,
  )
  const remove = database.prepare('DELETE FROM registrations WHERE client_id = ?')
  const selectByClient = database.prepare('SELECT * FROM registrations WHERE client_id = ?')
  const selectById = database.prepare('SELECT * FROM registrations WHERE id = ?')

  const ofClient = (client: Client) => find(selectByClient.get(client.clientId))

  return {
    ofClient,
    byId: (id) => find(selectById.get(id)),
    async register(client) {
      return (
        ofClient(client) ??
        database.write(() =>
          toRegistration(insert.get(randomUUID(), client.clientId, client.orgId)),
        )
      )
    },
    unregister: (client, removing) =>
      database.write(() => {
        const registration = ofClient(client)
        if (registration === undefined) return false
        removing(registration)
        return remove.run(client.clientId).changes > 0
      }),
  }
}

function find(row: unknown): Registration | undefined {
  return row === undefined ? undefined : toRegistration(row)
}

function toRegistration(row: unknown): Registration {
  const { id, client_id: clientId, swept_position: sweptPosition } = rowSchema.parse(row)
  return { id, clientId, sweptPosition }
}
