import * as z from 'zod/mini'
import { renditionEventSchema } from '../contract/event.ts'
import type { Session } from './session.ts'

const registeredSchema = z.object({ journal: z.string() })
const pageSchema = z.object({ events: z.array(z.object({ event: renditionEventSchema })) })

/** An event as a client reads it. */
export type JournalEvent = z.infer<typeof renditionEventSchema>

/** Some events, and where the journal goes on. */
export interface EventsPage {
  events: readonly JournalEvent[]
  /** Path and query, the same whatever port the service is on. */
  next: string
}

/** Registers a program, unless it is; resolves with the URL of its journal. */
export async function register(session: Session): Promise<string> {
  const response = await session.call('/register', { method: 'POST' })
  return registeredSchema.parse(await response.json()).journal
}

/**
 * Reads a page of a journal. At its end the service waits for an event, for a second or so.
 *
 * @param from - the URL of a journal, or {@link EventsPage.next}
 * @throws {ServiceRefusal} 404 when the program was unregistered, 410 when events at this place have expired
 */
export async function readPage(
  session: Session,
  from: string,
  signal?: AbortSignal,
): Promise<EventsPage> {
  const response = await session.call(from, signal === undefined ? {} : { signal })
  const link = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  if (link === undefined) throw new Error('The journal did not say where it goes on.')
  const { pathname, search } = new URL(link, response.url)
  const events = response.status === 204 ? [] : pageSchema.parse(await response.json()).events
  return { events: events.map(({ event }) => event), next: `${pathname}${search}` }
}

/** What is in a rendition's event, as a data URL. */
export function readDataUrl(url: string): { bytes: Buffer<ArrayBuffer>; type: string } {
  const comma = url.indexOf(',')
  return {
    bytes: Buffer.from(url.slice(comma + 1), 'base64'),
    type: /^data:([^;,]*)/.exec(url)?.[1] ?? '',
  }
}
