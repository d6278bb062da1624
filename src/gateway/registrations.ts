import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { Client } from '../contract/client.ts'
import type { Database } from './database.ts'

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
  /** Removes the registration, its journal and what is left of its requests. False when there was none. */
  unregister: (client: Client) => Promise<boolean>
  ofClient: (client: Client) => Registration | undefined
  byId: (id: string) => Registration | undefined
}

/** Opens the registrations in `database`. */
export function openRegistrations(database: Database): Registrations {
  const insert = database.prepare(
    'INSERT INTO registrations (id, client_id, org_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const remove = database.prepare('DELETE FROM registrations WHERE client_id = ?')
  const selectByClient = database.prepare('SELECT * FROM registrations WHERE client_id = ?')
  const selectById = database.prepare('SELECT * FROM registrations WHERE id = ?')

  const ofClient = (client: Client) => toRegistration(selectByClient.get(client.clientId))

  return {
    ofClient,
    byId: (id) => toRegistration(selectById.get(id)),
    async register(client) {
      const existing = ofClient(client)
      if (existing !== undefined) return existing
      await database.write(() => insert.run(randomUUID(), client.clientId, client.orgId))
      const registration = ofClient(client)
      if (registration === undefined) throw new Error('a registration vanished while it was made')
      return registration
    },
    async unregister(client) {
      const { changes } = await database.write(() => remove.run(client.clientId))
      return changes > 0
    },
  }
}

function toRegistration(row: unknown): Registration | undefined {
  if (row === undefined) return undefined
  const { id, client_id: clientId, swept_position: sweptPosition } = rowSchema.parse(row)
  return { id, clientId, sweptPosition }
}
