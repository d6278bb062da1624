import { styleText } from 'node:util'
import { countResults, type EndedCase, formatTime } from '../../cases/ended-case.ts'
import { toMessage } from '../../cases/verdict.ts'
import type { ResultFiles } from '../../cases/write-results.ts'

/** What is said where cases failed that may have been written for Adobe's command. */
export const TEST_MODE_HINT =
  "Adobe's own command runs cases in a test mode, in which workers see WORKER_TEST_MODE, and file names instead of URLs. What is written for that passes with --test-mode."

/** Of a difference, such as a whole XMP packet, the rest is in the report. */
const LONGEST_LINE = 400

const INDENT = '      '

// Colours only on a terminal, or when FORCE_COLOR asks for them.
const paint = (colour: 'green' | 'red' | 'yellow', text: string): string =>
  styleText(colour, text, { stream: process.stdout })

/** A case in one line, and what is wrong with it in the lines below. */
export function describeCase(result: EndedCase, { verbose }: { verbose: boolean }): string {
  const { name, verdict, log } = result
  if (verdict.state === 'skipped')
    return paint('yellow', ` o  ${name}  Skipping: ${verdict.message}`)
  if (!('differences' in verdict)) {
    const note = verdict.state === 'expected-error' ? ' (expected error)' : ''
    return `${paint('green', ` ✔  ${name}${note}`)}  ${describeTimes(result)}`
  }
  const { state, message, differences, output } = verdict
  const title = state === 'failed' ? 'Failure' : 'Error'
  const details = [...differences.map(shorten), ...linesOf(output), ...(verbose ? log : [])]
  return [
    `${paint('red', ` ✖  ${name}  ${title}: ${shorten(message)}.`)}  ${describeTimes(result)}`.trimEnd(),
    ...details.map((line) => `${INDENT}${line}`),
  ].join('\n')
}

function describeTimes({ milliseconds, workerMilliseconds }: EndedCase): string {
  if (milliseconds === undefined) return ''
  const time = paint('yellow', formatTime(milliseconds))
  return workerMilliseconds === undefined
    ? time
    : `${time} (worker ${paint('yellow', formatTime(workerMilliseconds))})`
}

function shorten(text: string): string {
  const line = toMessage(text)
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n')
}

/** The numbers of an action, and where its results are. */
export function describeAction(
  results: readonly EndedCase[],
  files: ResultFiles,
  times: { test: number; total: number },
): string {
  const { run, failures, errors, skipped, expectedErrors } = countResults(results)
  const red = (line: string, count: number) => (count > 0 ? paint('red', line) : line)
  const kept = results.some(
    ({ actual, verdict }) => actual !== undefined && 'differences' in verdict,
  )
  return [
    describeOutcome(failures, errors),
    `  - Tests run      : ${run}`,
    red(`  - Failures       : ${failures}`, failures),
    red(`  - Errors         : ${errors}`, errors),
    ...(skipped > 0 ? [paint('yellow', `  - Skipped        : ${skipped}`)] : []),
    ...(expectedErrors > 0 ? [`  - Expected errors: ${expectedErrors}`] : []),
    '',
    `Test time : ${formatTime(times.test)}`,
    `Total time: ${formatTime(times.total)}`,
    '',
    `Test results   : ${files.results}`,
    `Timing results : ${files.timings}`,
    `Test log       : ${files.log}`,
    `Report         : ${files.report}`,
    ...(kept ? [`Failed         : ${files.failed}`] : []),
  ].join('\n')
}

function describeOutcome(failures: number, errors: number): string {
  const kinds = [failures > 0 ? 'failures' : '', errors > 0 ? 'errors' : ''].filter(Boolean)
  return kinds.length === 0
    ? '✔ All tests were successful.'
    : paint('red', `There were test ${kinds.join(' and ')}.`)
}

/** The numbers of all actions in one line. */
export function describeAll(actions: number, results: readonly EndedCase[], time: number): string {
  const { run, failures, errors } = countResults(results)
  const line = `${actions} actions: ${run} tests, ${failures} failures, ${errors} errors, ${formatTime(time)}`
  return failures + errors > 0 ? paint('red', line) : paint('green', line)
}
