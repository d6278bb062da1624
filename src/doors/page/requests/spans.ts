import type { Span } from '../api.ts'
import type { Assignment, TimedExchange } from './assignments.ts'

/**
 * Tells from the HTTP exchanges of an activation what took the time of its renditions: the download of the source is that
 * of all of them; what is between it, or the event of the rendition before, and the upload is rendering; and an event is
 * the first one after the upload. A rendition that is not uploaded, because it failed or travels in its event, has the
 * next event that is left.
 *
 * @param assignment - what the activation was to do
 * @param options.eventsUrl - where events are posted
 * @param options.start - when the activation began
 * @returns the spans by the position of the rendition
 */
export function findSpans(
  { source, renditions }: Assignment,
  exchanges: readonly TimedExchange[],
  { eventsUrl, start }: { eventsUrl: string; start: number },
): Map<number, Span[]> {
  const downloads = exchanges.filter(
    ({ method, url }) => url === source && (method === 'GET' || method === 'HEAD'),
  )
  const download = toSpan('download', downloads)
  const events = exchanges
    .filter(({ method, url }) => method === 'POST' && url === eventsUrl)
    .toSorted((one, other) => one.start - other.start)
  const uploads = renditions.map(({ target }) =>
    toSpan(
      'upload',
      exchanges.filter(({ method, url }) => method === 'PUT' && url === target),
    ),
  )
  const spans = new Map<number, Span[]>()
  let free = download?.end ?? start
  for (const [index, { position }] of renditions.entries()) {
    const upload = uploads[index]
    const later = uploads.slice(index + 1).find((each) => each !== undefined)
    const event = takeEvent(events, upload?.end ?? free, upload ? Infinity : later?.start)
    const rendered = upload?.start ?? event?.start
    spans.set(position, [
      ...(download === undefined ? [] : [download]),
      ...(rendered === undefined ? [] : [spanOf('render', Math.min(free, rendered), rendered)]),
      ...(upload === undefined ? [] : [upload]),
      ...(event === undefined ? [] : [spanOf('event', event.start, event.end)]),
    ])
    free = event?.end ?? upload?.end ?? free
  }
  return spans
}

function takeEvent(
  events: TimedExchange[],
  from: number,
  before: number = Infinity,
): TimedExchange | undefined {
  const index = events.findIndex(({ start }) => start >= from && start < before)
  return index === -1 ? undefined : events.splice(index, 1)[0]
}

/** From the first of some exchanges to the last. */
function toSpan(step: Span['step'], exchanges: readonly TimedExchange[]): Span | undefined {
  if (exchanges.length === 0) return undefined
  return spanOf(
    step,
    Math.min(...exchanges.map(({ start }) => start)),
    Math.max(...exchanges.map(({ end }) => end)),
  )
}

function spanOf(step: Span['step'], start: number, end: number): Span {
  return { step, start, end }
}
