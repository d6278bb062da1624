import * as z from 'zod/mini'
import {
  type ProcessRequest,
  type RequestedRendition,
  type RequestedSource,
  requestedRenditionSchema,
  sourceSchema,
  userDataSchema,
} from '../../contract/process-request.ts'
import type { Database } from '../../home/database.ts'
import type { Client } from '../../http/client.ts'
import { RETENTION_MS } from './journal.ts'

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
const renditionRow = z.object({
  position: z.int(),
  instructions: z.string(),
  attempts: z.int(),
})
const placeRow = z.object({ request: z.int(), position: z.int() })
const groupRow = z.object({ request: z.int(), worker: z.string() })

/** One accepted `POST /process`. */
export interface StoredRequest {
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

/** A rendition that has no terminal event yet. */
export interface PendingRendition {
  /** Its place in the request's `renditions`. */
  position: number
  instructions: RequestedRendition
  /** How often a worker was started for it. */
  attempts: number
}

/** The renditions of one request that one worker makes in one activation. */
export interface RenditionGroup {
  /** {@link StoredRequest.id} */
  request: number
  /** URL of a custom worker, or the name of an action of this project. */
  worker: string
}

/** The requests under way. */
export interface Requests {
  /**
   * Stores a request; it is on the disk when the promise resolves. Resolves with undefined when the registration has
   * been removed meanwhile.
   */
  accept: (
    registrationId: string,
    client: Client,
    requestId: string,
    body: ProcessRequest,
  ) => Promise<StoredRequest | undefined>
  byId: (id: number) => StoredRequest | undefined
  /** A rendition as it was asked for, whether or not it is still pending. */
  rendition: (id: number, position: number) => RequestedRendition | undefined
  /** What of a group still waits for its event, in the order of the request. */
  pendingOf: (group: RenditionGroup) => PendingRendition[]
  /** Every group with pending renditions, oldest first. */
  pendingGroups: () => RenditionGroup[]
  /** Counts that a worker was started for a group. */
  countAttempt: (group: RenditionGroup) => Promise<void>
  /** Marks a rendition as ended; inside {@link Database.write}. False when it had ended before. */
  end: (id: number, position: number) => boolean
  /** Forgets requests that ended longer ago than the journal keeps their events. */
  sweep: () => Promise<void>
}

/**
 * Opens the requests in `database`.
 *
 * @param options.workerOf - what makes a rendition, see {@link RenditionGroup.worker}
 */
export function openRequests(
  database: Database,
  { workerOf, now }: { workerOf: (rendition: RequestedRendition) => string; now: () => number },
): Requests {
  const insertRequest = database.prepare(
    `INSERT INTO requests (registration_id, request_id, client_id, org_id, token_id, source, user_data, accepted_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (SELECT 1 FROM registrations WHERE id = ?1)`,
  )
  const insertRendition = database.prepare(
    'INSERT INTO renditions (request, position, instructions, worker) VALUES (?, ?, ?, ?)',
  )
  const selectRequest = database.prepare('SELECT * FROM requests WHERE id = ?')
  const selectRendition = database.prepare(
    'SELECT position, instructions, attempts FROM renditions WHERE request = ? AND position = ?',
  )
  const selectPending = database.prepare(
    `SELECT position, instructions, attempts FROM renditions
       WHERE request = ? AND worker = ? AND pending = 1 ORDER BY position`,
  )
  const selectGroups = database.prepare(
    `SELECT request, worker FROM renditions WHERE pending = 1
       GROUP BY request, worker ORDER BY request, min(position)`,
  )
  const addAttempt = database.prepare(
    'UPDATE renditions SET attempts = attempts + 1 WHERE request = ? AND worker = ? AND pending = 1',
  )
  const endRendition = database.prepare(
    'UPDATE renditions SET pending = 0 WHERE request = ? AND position = ? AND pending = 1',
  )
  const selectUnnamed = database.prepare(
    'SELECT request, position, instructions, attempts FROM renditions WHERE worker IS NULL',
  )
  const nameWorker = database.prepare(
    'UPDATE renditions SET worker = ? WHERE request = ? AND position = ?',
  )
  const deleteOld = database.prepare(
    `DELETE FROM requests WHERE accepted_at < ?
       AND NOT EXISTS (SELECT 1 FROM renditions WHERE request = requests.id AND pending = 1)`,
  )

  // Version 0.1.0 had one action of its own and did not name it.
  for (const row of selectUnnamed.all()) {
    const { request, position } = placeRow.parse(row)
    nameWorker.run(workerOf(toPending(row).instructions), request, position)
  }

  return {
    accept(registrationId, client, requestId, body) {
      return database.write(() => {
        const source = body.source ?? undefined
        const acceptedAt = now()
        const { changes, lastInsertRowid } = insertRequest.run(
          registrationId,
          requestId,
          client.clientId,
          client.orgId,
          client.tokenId,
          source === undefined ? null : JSON.stringify(source),
          body.userData === undefined ? null : JSON.stringify(body.userData),
          acceptedAt,
        )
        if (changes === 0) return undefined
        const id = Number(lastInsertRowid)
        for (const [position, instructions] of body.renditions.entries()) {
          insertRendition.run(id, position, JSON.stringify(instructions), workerOf(instructions))
        }
        return {
          id,
          registrationId,
          requestId,
          client,
          source,
          userData: body.userData,
          acceptedAt,
        }
      })
    },

    byId(id) {
      const row = selectRequest.get(id)
      return row === undefined ? undefined : toRequest(requestRow.parse(row))
    },

    rendition(id, position) {
      const row = selectRendition.get(id, position)
      return row === undefined ? undefined : toPending(row).instructions
    },

    pendingOf: ({ request, worker }) => selectPending.all(request, worker).map(toPending),

    pendingGroups: () => selectGroups.all().map((row) => groupRow.parse(row)),

    async countAttempt({ request, worker }) {
      await database.write(() => addAttempt.run(request, worker))
    },

    end: (id, position) => endRendition.run(id, position).changes > 0,

    async sweep() {
      await database.write(() => deleteOld.run(now() - RETENTION_MS))
    },
  }
}

function toRequest(row: z.infer<typeof requestRow>): StoredRequest {
  return {
    id: row.id,
    registrationId: row.registration_id,
    requestId: row.request_id,
    client: { clientId: row.client_id, orgId: row.org_id, tokenId: row.token_id },
    source: row.source === null ? undefined : sourceSchema.parse(JSON.parse(row.source)),
    userData: row.user_data === null ? undefined : userDataSchema.parse(JSON.parse(row.user_data)),
    acceptedAt: row.accepted_at,
  }
}

function toPending(row: unknown): PendingRendition {
  const { position, instructions, attempts } = renditionRow.parse(row)
  return {
    position,
    instructions: requestedRenditionSchema.parse(JSON.parse(instructions)),
    attempts,
  }
}
