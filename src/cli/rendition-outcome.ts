import { styleText } from 'node:util'
import type { JournalEvent } from '../client/read-journal.ts'
import { readRemarks } from '../contract/event.ts'
import { formatColumns } from './text-table.ts'

/** How one rendition ended, or that it has not yet. */
export interface RenditionOutcome {
  source: string
  name: string
  state: 'waiting' | 'created' | 'failed'
  /** Where it was written; undefined unless it was created. */
  file?: string
  /** Pixels; undefined when it is no picture. */
  width?: number | undefined
  height?: number | undefined
  bytes?: number | undefined
  /** Between the answer to `/process` and the event. */
  milliseconds?: number
  /** What could not be done though it was created, a sentence each. */
  remarks?: readonly string[]
  errorReason?: string
  errorMessage?: string
}

/** Notes in `outcome` what an event says. */
export function applyEvent(
  outcome: RenditionOutcome,
  event: JournalEvent,
  milliseconds: number,
): void {
  outcome.milliseconds = Math.round(milliseconds)
  if (event.type === 'rendition_failed') {
    outcome.state = 'failed'
    outcome.errorReason = event.errorReason ?? 'GenericError'
    outcome.errorMessage = event.errorMessage ?? ''
    return
  }
  const numberOf = (key: string): number | undefined => {
    const value = event.metadata?.[key]
    return typeof value === 'number' ? value : undefined
  }
  outcome.state = 'created'
  outcome.width = numberOf('tiff:ImageWidth')
  outcome.height = numberOf('tiff:ImageLength')
  outcome.bytes = numberOf('repo:size')
  const remarks = readRemarks(event)
  if (remarks.length > 0) outcome.remarks = remarks
}

/** How a rendition has ended; undefined while it has not. */
export function endOfRendition({ state }: RenditionOutcome): 'done' | 'failed' | undefined {
  if (state === 'waiting') return undefined
  return state === 'created' ? 'done' : 'failed'
}

/** Colours only where progress is read by a person. */
const STDERR = { stream: process.stderr }

/** One line about a rendition while the command runs. */
export function describeProgress(outcome: RenditionOutcome): string {
  const name = `${outcome.source}: ${outcome.name}`
  if (outcome.state === 'waiting') return `${styleText('dim', '…', STDERR)} ${name}`
  if (outcome.state === 'failed')
    return `${styleText('red', '✗', STDERR)} ${name}: ${outcome.errorMessage}`
  return `${styleText('green', '✓', STDERR)} ${name} (${outcome.milliseconds} ms)`
}

/** The table of all renditions, one a line. */
export function formatTable(outcomes: readonly RenditionOutcome[], withSource: boolean): string {
  const rows = outcomes.map((outcome) => [
    ...(withSource ? [outcome.source] : []),
    outcome.name,
    outcome.width === undefined ? '' : `${outcome.width} × ${outcome.height}`,
    outcome.bytes === undefined ? '' : outcome.bytes.toLocaleString('en'),
    outcome.state === 'created' ? `${outcome.milliseconds} ms` : (outcome.errorReason ?? ''),
  ])
  const head = [...(withSource ? ['source'] : []), 'name', 'pixels', 'bytes', 'time']
  const failures = describeFailures(outcomes)
  return [
    ...formatColumns(head, rows, withSource ? 2 : 1),
    ...(failures.length === 0 ? [] : ['', ...failures]),
  ].join('\n')
}

/** One line for all renditions of a source that failed for the same reason. */
export function describeFailures(outcomes: readonly RenditionOutcome[]): string[] {
  const failed = outcomes.filter(({ state }) => state === 'failed')
  const alike = Map.groupBy(failed, ({ source, errorReason, errorMessage }) =>
    JSON.stringify([source, errorReason, errorMessage]),
  )
  return Array.from(alike.values(), (group) => {
    const names = group.map(({ name }) => name).join(', ')
    const [{ source, errorReason, errorMessage } = {}] = group
    return `${source}: ${names}: ${errorReason}: ${errorMessage}`
  })
}

/**
 * One line for each thing that is to be said of renditions of a source that were created.
 *
 * @param told - what has been said of them already, each with the name of its rendition
 */
export function describeRenditionRemarks(
  outcomes: readonly RenditionOutcome[],
  told: readonly string[],
): string[] {
  const all = outcomes.flatMap(({ source, name, remarks = [] }) =>
    remarks
      .filter((remark) => !told.includes(`${name}: ${remark}`))
      .map((remark) => ({ source, name, remark })),
  )
  const alike = Map.groupBy(all, ({ source, remark }) => JSON.stringify([source, remark]))
  return Array.from(alike.values(), (group) => {
    const names = group.map(({ name }) => name).join(', ')
    const [{ source, remark } = {}] = group
    return `${source}: ${names}: ${remark}`
  })
}
