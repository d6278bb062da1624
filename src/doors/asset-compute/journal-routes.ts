import { type Context, Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import type { Authenticate, Client } from '../../http/client.ts'
import { readWholeNumber } from '../../http/read-request.ts'
import type { Journal, JournalPage } from './journal.ts'
import type { Registration, Registrations } from './registrations.ts'

/**
 * How long a reader at the end of the journal is kept waiting for an event, in milliseconds, before it is told that
 * there is none. Adobe's journal answers at once and asks for ten seconds' patience; on a laptop somebody is watching.
 */
const LONGEST_WAIT_MS = 1000

const RETRY_AFTER_SECONDS = '1'

/** Path parameters of a journal, as Adobe I/O Events names them. */
const JOURNAL = '/organizations/:organization/integrations/:integration/:registration'

/** The consumer and application ids in a journal's URL. There is one organisation and one project here. */
const OWNER_PATH = '/organizations/100001/integrations/200001'

/** What is before the path of a journal. */
const MOUNT = /^(.*?)\/(?:events|events-fast|count|events-validate)\/organizations\//

/** The path of a registration's journal, below where the door is mounted. */
export function journalPath({ id }: Registration): string {
  return `/events${OWNER_PATH}/${id}`
}

/**
 * The journaling API of Adobe I/O Events, to be mounted at the root.
 * https://developer.adobe.com/events/docs/guides/api/journaling-api
 *
 * @param options.stopping - aborts when the service stops, and ends every wait
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function createJournalRoutes(options: {
  journal: Journal
  registrations: Registrations
  authenticate: Authenticate
  stopping: AbortSignal
  now: () => number
  elapsed?: () => number
}): Hono {
  const { journal, now, elapsed = () => performance.now() } = options
  const app = new Hono()

  async function open(c: Context): Promise<{ registration: Registration; client: Client }> {
    const client = await options.authenticate(c.req.raw.headers)
    const registration = await options.registrations.byId(c.req.param('registration') ?? '')
    if (registration === undefined) {
      throw new ServiceError(
        'not_found',
        'There is no such journal; /register tells the URL of yours.',
      )
    }
    if (registration.clientId !== client.clientId) {
      throw new ServiceError(
        'forbidden',
        'This journal belongs to another client; /register tells the URL of yours.',
      )
    }
    return { registration, client }
  }

  async function startOf(c: Context, registration: Registration, client: Client): Promise<number> {
    const since = readPosition(c, registration)
    const seek = c.req.query('seek')
    if (since !== undefined) {
      if (seek !== undefined)
        throw new ServiceError('invalid', 'since and seek cannot be used together.')
      return since
    }
    if (c.req.query('latest') === 'true') return journal.latestFor(registration, client.tokenId)
    if (seek === undefined) return registration.sweptPosition
    const lookBack = parseLookBack(seek)
    if (lookBack === undefined) {
      throw new ServiceError(
        'invalid',
        `seek must be a duration back from now such as "-PT2H", but it is ${JSON.stringify(seek)}.`,
      )
    }
    return Math.max(
      await journal.before(registration, now() - lookBack),
      registration.sweptPosition,
    )
  }

  app.get(`/events${JOURNAL}`, readEvents)
  app.get(`/events-fast${JOURNAL}`, readEvents)

  async function readEvents(c: Context): Promise<Response> {
    const { registration, client } = await open(c)
    const limit = readWholeNumber(c.req.query(), 'limit', {
      otherwise: undefined,
      min: 1,
      right: 'a positive whole number',
    })
    const start = await startOf(c, registration, client)
    // Who asks for the bare journal wants to know whether it is there; who goes on reading waits for events.
    const waits = c.req.query('since') !== undefined || c.req.query('latest') === 'true'
    const deadline = elapsed() + (waits ? LONGEST_WAIT_MS : 0)
    const left = (): number => deadline - elapsed()
    const gone = AbortSignal.any([options.stopping, c.req.raw.signal])

    const page = await readInTime()

    const headers = new Headers()
    const mount = MOUNT.exec(new URL(c.req.url).pathname)?.[1] ?? ''
    for (const link of linksOf(mount, registration, page.last, limit)) headers.append('link', link)
    if (page.events.length === 0) {
      headers.set('retry-after', RETRY_AFTER_SECONDS)
      return new Response(null, { status: 204, headers })
    }
    // A reader who begins again with `latest` gets nothing twice. Looking at the bare journal, as Adobe's client does to
    // see whether it is ready, takes nothing from those who follow it.
    if (waits) void journal.delivered(registration.id, client.tokenId, page.last)
    headers.set('content-type', 'application/json')
    const events = page.events.map(
      ({ position, json }) => `{"position":"${position}","event":${json}}`,
    )
    const last = `{"last":"${page.last}","count":${events.length}}`
    return new Response(`{"events":[${events.join(',')}],"_page":${last}}`, { headers })

    async function readInTime(): Promise<JournalPage> {
      for (;;) {
        const word = journal.listen(registration.id, gone)
        try {
          const found = await journal.read(registration.id, start, limit)
          if (found.events.length > 0 || left() <= 0 || gone.aborted) return found
          await word.within(Math.min(left(), found.heldForMs ?? Infinity))
        } finally {
          word.leave()
        }
      }
    }
  }

  app.get(`/count${JOURNAL}`, async (c) => {
    const { registration, client } = await open(c)
    return c.json({
      count: await journal.count(registration.id, await startOf(c, registration, client)),
    })
  })

  app.get(`/events-validate${JOURNAL}`, async (c) => {
    const { registration } = await open(c)
    if (readPosition(c, registration) === undefined) {
      throw new ServiceError('invalid', 'since is missing; it must be the position to check.')
    }
    return c.body(null, 204)
  })

  return app
}

/**
 * The links of a page that ends at `last`; a limit stays in the link to the next page.
 *
 * @param mount - the path below which the journal was asked for, and is to be asked for again
 */
function linksOf(
  mount: string,
  registration: Registration,
  last: number,
  limit: number | undefined,
): string[] {
  const path = journalPath(registration).slice('/events'.length)
  const kept = limit === undefined ? '' : `&limit=${limit}`
  return [
    `<${mount}/events-fast${path}?since=${last}${kept}>; rel="next"`,
    `<${mount}/events${path}>; rel="events"`,
    `<${mount}/count${path}?since=${last}>; rel="count"`,
    `<${mount}/events${path}?latest=true>; rel="latest"`,
    `<${mount}/events${path}?since={position}&limit={count}>; rel="page"`,
    `<${mount}/events${path}?seek={duration}&limit={count}>; rel="seek"`,
    `<${mount}/events-validate${path}?since=${last}>; rel="validate"`,
  ]
}

const UNIT_MS = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
}
const DURATION =
  /^-P(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/

/**
 * How far back an ISO 8601 duration such as `-PT2H` reaches, in milliseconds; undefined when it is no duration, or one
 * that does not look back.
 */
export function parseLookBack(text: string): number | undefined {
  const groups = DURATION.exec(text)?.groups
  if (groups === undefined || !/\d/.test(text)) return undefined
  return Object.entries(UNIT_MS).reduce(
    (sum, [unit, ms]) => sum + Number(groups[unit] ?? 0) * ms,
    0,
  )
}

/** Reads `since`. */
function readPosition(c: Context, registration: Registration): number | undefined {
  const since = c.req.query('since')
  if (since === undefined) return undefined
  const position = /^\d{1,15}$/.test(since) ? Number(since) : Infinity
  if (position > registration.lastPosition) {
    throw new ServiceError(
      'invalid',
      `since must be a position of this journal, but it is ${JSON.stringify(since)}.`,
    )
  }
  if (position < registration.sweptPosition) {
    throw new ServiceError('gone', `Events at position ${since} have expired.`)
  }
  return position
}
