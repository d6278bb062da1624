import type { ListedRequest, Rendition } from '../../src/doors/page/api.ts'
import type { State } from '../state.ts'
import { strings } from '../strings.ts'

/** How far a rendition has come. */
export type RenditionState = Rendition['state']

/** How many of some renditions have come how far. */
export type StateCounts = Readonly<Record<RenditionState, number>>

/** Counts the renditions of requests by how far they have come. */
export function countStates(requests: readonly ListedRequest[]): StateCounts {
  const counts = { queued: 0, running: 0, created: 0, failed: 0, stopped: 0 }
  for (const { renditions } of requests) {
    for (const { state } of renditions) counts[state] += 1
  }
  return counts
}

/** How many have ended, in whatever way. */
export function countEnded({ created, failed, stopped }: StateCounts): number {
  return created + failed + stopped
}

/** Whether there is something, and nothing of it has still to come. */
export function hasEnded(counts: StateCounts): boolean {
  return counts.queued + counts.running === 0 && countEnded(counts) > 0
}

/** Whether something of a request has still to come. */
export function isRequestUnderWay({ renditions }: ListedRequest): boolean {
  return renditions.some(({ state }) => state === 'queued' || state === 'running')
}

/** Says how many there are of what, each by itself, such as `5 created` and `1 failed`. */
export function summaryParts({
  queued,
  running,
  created,
  failed,
  stopped,
}: StateCounts): readonly { readonly text: string; readonly isBad: boolean }[] {
  const { results: words } = strings
  const parts = [
    { count: created, text: words.created(created), isBad: false },
    { count: failed, text: words.failed(failed), isBad: true },
    { count: stopped, text: words.stopped(stopped), isBad: false },
    { count: queued + running, text: words.pending(queued + running), isBad: false },
  ]
  return parts.filter(({ count }) => count > 0)
}

/** The same in one text, such as `5 created, 1 failed`. */
export function summaryOf(counts: StateCounts): string {
  return summaryParts(counts)
    .map(({ text }) => text)
    .join(', ')
}

/** What is said aloud when a run of this page has ended; empty until then. */
export function announcementOf({
  hasRun,
  sending,
  latest,
  requests,
}: Pick<State, 'hasRun' | 'sending' | 'latest' | 'requests'>): string {
  if (hasRun !== true || sending) return ''
  const counts = countStates(requests.filter(({ run }) => run.id === latest))
  return hasEnded(counts) ? strings.results.ended(summaryOf(counts)) : ''
}

/** What a rendition is called; its position, from 0, tells those apart that have no name. */
export function nameOf(
  { instructions: { name } }: Pick<Rendition, 'instructions'>,
  position: number,
): string {
  return typeof name === 'string' && name !== '' ? name : strings.results.unnamed(position + 1)
}

/** The format that was asked for, such as `PNG`; undefined when a worker chooses it. */
export function formatOf({
  instructions: { fmt },
}: Pick<Rendition, 'instructions'>): string | undefined {
  const format = typeof fmt === 'string' ? fmt.trim() : ''
  return format === '' ? undefined : format.toUpperCase()
}

/** The formats that requests ask for, each once, in the order of their renditions. */
export function formatsOf(requests: readonly ListedRequest[]): readonly string[] {
  const all = requests.flatMap(({ renditions }) => renditions.map(formatOf))
  return [...new Set(all.filter((format) => format !== undefined))]
}

/** What a request is called: as its source, or as what an archive is made of. */
export function titleOfRequest({ source, files }: ListedRequest): string {
  const [first, ...more] = files
  if (source !== undefined) return source.name
  return first === undefined
    ? strings.results.noSource
    : strings.results.files(first.name, more.length)
}

/** From when the request was sent until the rendition had ended, in milliseconds; undefined until then. */
export function timeTaken(
  { sentAt }: ListedRequest,
  { endedAt }: Pick<Rendition, 'endedAt'>,
): number | undefined {
  // The clock may have been set back in between.
  return endedAt === undefined ? undefined : Math.max(0, endedAt - sentAt)
}
