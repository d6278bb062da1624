import { countResults, type EndedCase } from './ended-case.ts'

/**
 * The results as JUnit XML, with the names and attributes of `aio asset-compute test-worker`.
 *
 * @param milliseconds - what all of them took
 */
export function formatJUnit(
  action: string,
  results: readonly EndedCase[],
  milliseconds: number,
): string {
  const { failures, errors, skipped, expectedErrors } = countResults(results)
  const suite = attributes({
    name: `Worker unit tests for ${action}`,
    time: seconds(milliseconds),
    tests: results.length,
    failures,
    errors,
    skipped,
    expectedErrors,
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite${suite}>`,
    ...results.flatMap(formatCase),
    '</testsuite>',
    '',
  ].join('\n')
}

function formatCase({ name, verdict, milliseconds }: EndedCase): string[] {
  const time = milliseconds === undefined ? {} : { time: seconds(milliseconds) }
  const start = `  <testcase${attributes({ name, ...time })}`
  const problem = formatProblem(verdict)
  return problem === undefined ? [`${start}/>`] : [`${start}>`, `    ${problem}`, '  </testcase>']
}

function formatProblem(verdict: EndedCase['verdict']): string | undefined {
  if (verdict.state === 'skipped') return '<skipped/>'
  if (!('differences' in verdict)) return undefined
  const tag = verdict.state === 'failed' ? 'failure' : 'error'
  const details = [...verdict.differences, verdict.output].filter((text) => text !== '').join('\n')
  return `<${tag}${attributes({ message: verdict.message })}>${escapeMarkup(details)}</${tag}>`
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeMarkup(String(value))}"`)
    .join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** Writes a text so that it means itself in XML and in HTML; characters that XML cannot have become a sign for them. */
export function escapeMarkup(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}
