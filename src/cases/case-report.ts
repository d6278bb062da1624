import { drawPictures, type Pictures } from './difference-picture.ts'
import { countResults, type EndedCase, formatTime } from './ended-case.ts'
import { escapeMarkup as escape } from './junit.ts'

/** The longer side of pictures in the report, so that the page stays light. */
const LONGEST_SIDE = 480

/**
 * The results as a page that needs nothing beside it: what failed, with the pictures side by side, and a list of all
 * cases.
 *
 * @param milliseconds - what all of them took
 */
export async function formatReport(
  action: string,
  results: readonly EndedCase[],
  milliseconds: number,
): Promise<string> {
  const bad: string[] = []
  for (const each of results) {
    const { state } = each.verdict
    if (state === 'failed' || state === 'error') bad.push(await formatFailure(each))
  }
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(action)}: worker tests</title>
<style>${STYLE}</style>
<h1>${escape(action)}</h1>
<p>${summarize(results)} ${formatTime(milliseconds)}.</p>
${bad.length === 0 ? '' : `<h2>What is not as expected</h2>\n${bad.join('\n')}`}
<h2>All cases</h2>
<table>
<thead><tr><th>case<th><th>test<th>worker</thead>
<tbody>
${results.map(formatRow).join('\n')}
</tbody>
</table>
</html>
`
}

function summarize(results: readonly EndedCase[]): string {
  const { run, failures, errors, skipped, expectedErrors } = countResults(results)
  const others = [
    [failures, 'failed'],
    [errors, 'with errors'],
    [skipped, 'skipped'],
    [expectedErrors, 'failed as expected'],
  ] as const
  const told = others.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return `${[`${run} ${run === 1 ? 'case' : 'cases'}`, ...told].join(', ')}.`
}

const STATES: Readonly<Record<EndedCase['verdict']['state'], string>> = {
  passed: '✔',
  'expected-error': '✔ failed as expected',
  failed: '✖ failed',
  error: '✖ error',
  skipped: 'skipped',
}

function formatRow({ name, verdict, milliseconds, workerMilliseconds }: EndedCase): string {
  const { state } = verdict
  const bad = state === 'failed' || state === 'error'
  const shown = bad
    ? `<a href="#case-${encodeURIComponent(name)}">${escape(name)}</a>`
    : escape(name)
  const times = [milliseconds, workerMilliseconds].map(
    (time) => `<td class="time">${time === undefined ? '' : formatTime(time)}`,
  )
  return `<tr class="${state}"><td>${shown}<td>${STATES[state]}${times.join('')}`
}

async function formatFailure({ name, verdict, testCase, actual, log }: EndedCase): Promise<string> {
  if (!('differences' in verdict)) return ''
  const pictures = await drawPictures(actual && testCase?.rendition, actual, LONGEST_SIDE)
  const details = verdict.differences.map((difference) => `<li>${escape(difference)}`)
  return `<section id="case-${escape(name)}">
<h3>${escape(name)}</h3>
<p class="${verdict.state}">${escape(verdict.message)}.</p>
${details.length === 0 ? '' : `<ul>${details.join('')}</ul>`}
${formatPictures(pictures)}
${fold('What validate said', verdict.output)}
${fold('Instructions', testCase === undefined ? '' : JSON.stringify(testCase.instructions, undefined, 2))}
${fold('Log of the worker', log.join('\n'))}
</section>`
}

function formatPictures({ expected, actual, difference }: Pictures): string {
  const figures = [
    ['expected', expected],
    ['actual', actual],
    ['difference', difference],
  ] as const
  const drawn = figures.flatMap(([caption, picture]) =>
    picture === undefined ? [] : [formatFigure(caption, picture)],
  )
  return drawn.length === 0 ? '' : `<div class="pictures">${drawn.join('')}</div>`
}

function formatFigure(caption: string, picture: Buffer): string {
  const url = `data:image/png;base64,${picture.toString('base64')}`
  return `<figure><img src="${url}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`
}

function fold(title: string, text: string): string {
  return text === ''
    ? ''
    : `<details><summary>${title}</summary><pre>${escape(text)}</pre></details>`
}

/** The chequers behind pictures show what is transparent. */
const STYLE = `
:root { color-scheme: light dark; --line: #8884; --bad: #b3261e; --good: #1b6e3c; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #7fd6a0; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; }
h3 { margin: 0 0 .25rem; }
section { border: 1px solid var(--line); border-radius: 6px; padding: 1rem; margin: 1rem 0; }
.failed, .error, tr.failed td:nth-child(2), tr.error td:nth-child(2) { color: var(--bad); }
tr.passed td:nth-child(2), tr.expected-error td:nth-child(2) { color: var(--good); }
.pictures { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
figure { margin: 0; }
figcaption { opacity: .7; }
img {
  display: block; min-width: 12rem; max-width: 100%; border: 1px solid var(--line); image-rendering: pixelated;
  background: repeating-conic-gradient(#bbb 0 25%, #eee 0 50%) 0 0 / 16px 16px;
}
pre { overflow: auto; max-height: 30rem; font-size: 13px; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: .1rem 1.5rem .1rem 0; border-bottom: 1px solid var(--line); }
td { overflow-wrap: anywhere; }
.time { white-space: nowrap; font-variant-numeric: tabular-nums; }
`
