import { styleText } from 'node:util'
import type { SavedFile } from '../jobs-api/save-exports.ts'
import { formatColumns } from '../text-table.ts'

/** How the conversion of one file ended, or how far it is. */
export interface ConversionOutcome {
  source: string
  state: 'waiting' | 'uploading' | 'converting' | 'downloading' | 'converted' | 'failed'
  /** How far the making is, of 100, where that is known and not the end. */
  percent?: number
  /** What was made of it, in the order of its pages. */
  files: SavedFile[]
  /** From the creation of its job to the last byte of what it made. */
  milliseconds?: number
  /** What is to be said of it though it went well: what could not be done, or made no difference. */
  remarks?: string[]
  /** Why it failed: of its task, or of what this command did before or after it. */
  code?: string
  message?: string
}

/** How a conversion has ended; undefined while it has not. */
export function endOfConversion({ state }: ConversionOutcome): 'done' | 'failed' | undefined {
  if (state === 'failed') return 'failed'
  return state === 'converted' ? 'done' : undefined
}

/** Colours only where progress is read by a person. */
const STDERR = { stream: process.stderr }

/** One line about a file while the command runs. */
export function describeConversion(outcome: ConversionOutcome): string {
  const { source, state, percent, files, milliseconds, code, message } = outcome
  if (state === 'failed') return `${styleText('red', '✗', STDERR)} ${source}: ${code}: ${message}`
  if (state !== 'converted') {
    const far = percent === undefined ? '' : ` ${percent} %`
    return `${styleText('dim', '…', STDERR)} ${source}: ${state}${far}`
  }
  const [first] = files
  const made = files.length === 1 ? first?.file : `${files.length} files`
  return `${styleText('green', '✓', STDERR)} ${source}: ${made} (${milliseconds} ms)`
}

/** The table of all that was made, a file a line, and why the others were not. */
export function formatConversions(outcomes: readonly ConversionOutcome[]): string {
  const rows = outcomes.flatMap(({ source, state, files, milliseconds, code }) => {
    if (state === 'failed') return [[source, '', '', code ?? '']]
    return files.map(({ file, bytes }) => [
      source,
      file,
      bytes.toLocaleString('en'),
      `${milliseconds} ms`,
    ])
  })
  const failures = describeFailedConversions(outcomes)
  return [
    ...formatColumns(['source', 'file', 'bytes', 'time'], rows, 2),
    ...(failures.length === 0 ? [] : ['', ...failures]),
  ].join('\n')
}

/** A line for each file that was not converted. */
export function describeFailedConversions(outcomes: readonly ConversionOutcome[]): string[] {
  return outcomes
    .filter(({ state }) => state === 'failed')
    .map(({ source, code, message }) => `${source}: ${code}: ${message}`)
}

/**
 * A line for each thing that is to be said of a conversion that went well.
 *
 * @param told - sentences of it that have been said already
 */
export function describeRemarks(
  outcomes: readonly ConversionOutcome[],
  told: readonly string[],
): string[] {
  return outcomes.flatMap(({ source, remarks = [] }) =>
    remarks
      .map((remark) => told.reduce((rest, each) => rest.replace(each, ''), remark).trim())
      .filter((remark) => remark !== '')
      .map((remark) => `${source}: ${remark}`),
  )
}
