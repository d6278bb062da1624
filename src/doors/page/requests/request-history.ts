import * as z from 'zod/mini'
import { ServiceError } from '../../../base/errors.ts'
import { parseJson } from '../../../base/json.ts'
import {
  type DevtoolRequest,
  devtoolRequestSchema,
  type History,
  historySchema,
  type Rendition,
} from '../api.ts'
import type { PageDatabase } from '../page-database.ts'
import type { Updates } from '../update-channel.ts'
import { tellRun } from '../work/told-run.ts'

/** How many requests are kept; older ones are forgotten. */
export const MOST_REQUESTS = 1000

// A document that an older version wrote and this one cannot read is as good as none.
const documentSchema = z.catch(
  z.optional(z.pipe(z.pipe(z.string(), z.transform(parseJson)), devtoolRequestSchema)),
  undefined,
)
const rowSchema = z.object({ document: documentSchema })
const runRowSchema = z.object({ run: z.string(), requests: z.int() })

/** The requests that the page has sent. */
export interface RequestHistory {
  /** Notes a request that is about to be sent. */
  begin: (request: DevtoolRequest) => void
  /** The service has taken the request. */
  accept: (id: string) => void
  /** The service has refused it. */
  discard: (id: string) => void
  find: (id: string) => DevtoolRequest | undefined
  /** Those of a run that the service has taken, in their order. */
  run: (id: string) => DevtoolRequest[]
  /** Notes that no more of a run is sent: it has no other renditions than those of its requests. */
  endSending: (id: string) => void
  /** Forgets them, and tells every page. */
  removeRun: (id: string) => void
  /**
   * A page of whole runs, newest first.
   *
   * @param limit - of how many requests is told at least, unless there are no more
   * @param within - so many requests of each run are told of, the first ones
   * @param before - the id of one of the last run of the page before
   * @returns undefined when there is no such request
   */
  page: (
    limit: number,
    options?: { within?: number; before?: string | undefined },
  ) => History | undefined
  /** Changes a request if it is there, and tells every page. */
  change: (id: string, change: (request: DevtoolRequest) => DevtoolRequest) => void
  /** Whether the service has a request of which not every rendition has its event. */
  isPending: () => boolean
  /** Those requests. */
  pending: () => DevtoolRequest[]
}

/**
 * Opens the history. What was under way when the service ended waits again, and what had not been sent is forgotten.
 */
export function openHistory(database: PageDatabase, updates: Updates): RequestHistory {
  database.run('DELETE FROM requests WHERE accepted = 0')

  function read(condition: string, ...values: (string | number)[]): DevtoolRequest[] {
    return database
      .all(`SELECT document FROM requests WHERE ${condition}`, ...values)
      .flatMap((row) => rowSchema.parse(row).document ?? [])
  }

  const find = (id: string): DevtoolRequest | undefined => read('id = ?', id)[0]
  const pending = (): DevtoolRequest[] => read('pending = 1 AND accepted = 1 ORDER BY number')

  function write(request: DevtoolRequest): void {
    database.run(
      'UPDATE requests SET document = ?, pending = ? WHERE id = ?',
      JSON.stringify(request),
      Number(request.renditions.some(isPending)),
      request.id,
    )
  }

  const run = (id: string): DevtoolRequest[] => read('run = ? AND accepted = 1 ORDER BY number', id)

  /** @returns those that were said to be of a larger run */
  function endSending(id: string): DevtoolRequest[] {
    const sent = run(id)
    const renditions = sent.reduce((sum, each) => sum + each.renditions.length, 0)
    const changed = sent
      .filter((request) => request.run.renditions !== renditions)
      .map((request) => ({ ...request, run: { ...request.run, renditions } }))
    database.transaction(() => {
      for (const request of changed) write(request)
    })
    return changed
  }

  // The service may have been killed while it was sent.
  for (const { run: last } of read('accepted = 1 ORDER BY number DESC LIMIT 1')) endSending(last.id)
  for (const request of pending()) {
    write({ ...request, renditions: request.renditions.map(queued) })
  }

  return {
    begin(request) {
      const { id, source, files } = request
      const sources = new Set(
        [...(source === undefined ? [] : [source]), ...files].map((each) => each.id),
      )
      database.transaction(() => {
        database.run(
          'INSERT INTO requests (id, run, document) VALUES (?, ?, ?)',
          id,
          request.run.id,
          JSON.stringify(request),
        )
        for (const each of sources) {
          database.run('INSERT INTO request_sources (request, source) VALUES (?, ?)', id, each)
        }
      })
    },
    accept(id) {
      database.run('UPDATE requests SET accepted = 1 WHERE id = ?', id)
      database.run(
        'DELETE FROM requests WHERE number <= (SELECT max(number) FROM requests) - ?',
        MOST_REQUESTS,
      )
      const request = find(id)
      if (request !== undefined) updates.publish({ about: 'request', request })
    },
    discard: (id) => void database.run('DELETE FROM requests WHERE id = ?', id),
    find,
    run,
    endSending(id) {
      for (const request of endSending(id)) updates.publish({ about: 'request', request })
    },
    removeRun(id) {
      database.run('DELETE FROM requests WHERE run = ? AND accepted = 1', id)
      updates.publish({ about: 'removed-run', id })
    },
    page(limit, { within = Infinity, before } = {}) {
      if (before !== undefined && find(before) === undefined) return undefined
      const ids = database
        .all(
          `SELECT run, count(*) AS requests FROM requests WHERE accepted = 1
            GROUP BY run HAVING min(number) < coalesce(
              (SELECT min(number) FROM requests WHERE run = (SELECT run FROM requests WHERE id = ?)), 1e18)
            ORDER BY min(number) DESC LIMIT ?`,
          before ?? '',
          limit + 1,
        )
        .map((row) => runRowSchema.parse(row))
      const ends = ids.reduce<number[]>(
        (sums, { requests }) => [...sums, (sums.at(-1) ?? 0) + Math.min(requests, within)],
        [],
      )
      const enough = ends.findIndex((sum) => sum >= limit)
      const shown = enough === -1 ? ids : ids.slice(0, enough + 1)
      const runs = shown.flatMap(({ run: id }) => {
        const [first, ...others] = run(id)
        return first === undefined ? [] : [[first, ...others] as const]
      })
      // Without what only a whole request has.
      return historySchema.parse({
        runs: runs.map(tellRun),
        requests: runs.flatMap((requests) => requests.slice(0, within).toReversed()),
        more: shown.length < ids.length,
      })
    },
    change(id, change) {
      const request = find(id)
      if (request === undefined) return
      const changed = change(request)
      write(changed)
      updates.publish({ about: 'request', request: changed })
    },
    isPending: () =>
      database.all('SELECT 1 FROM requests WHERE pending = 1 AND accepted = 1 LIMIT 1').length > 0,
    pending,
  }
}

/** @throws {ServiceError} 404 when there is none of this id, or none any more */
export function findRequest(history: RequestHistory, id: string): DevtoolRequest {
  const request = history.find(id)
  if (request === undefined) throw noRequest(id)
  return request
}

/** Says that there is no request of this id. */
export function noRequest(id: string): ServiceError {
  return new ServiceError(
    'not_found',
    `There is no request ${JSON.stringify(id.slice(0, 60))} any more.`,
  )
}

/** Whether a rendition has no event yet. */
export function isPending({ state }: Rendition): boolean {
  return state === 'queued' || state === 'running'
}

function queued(rendition: Rendition): Rendition {
  return rendition.state === 'running' ? { ...rendition, state: 'queued', spans: [] } : rendition
}
