import type { Finding } from '../measure.ts'
import type { TaskResult } from './results.ts'
import { tabulate, toMarkdown } from './table.ts'

/** The page of the documentation that has the figures. */
export function writePage(options: {
  /** What they were measured on. */
  machine: string
  libraries: string
  results: readonly TaskResult[]
  findings: readonly Finding[]
}): string {
  const { machine, libraries, results, findings } = options
  return `# Performance

How long renditions take with bare sharp, with this project's worker, and with the post-processing of Adobe's SDK, side by
side in one run.

Measured on: ${machine}; ${libraries}

![The times of the table below, as bars](images/performance.svg)

${toMarkdown(tabulate(results))}

Times are medians of many rounds, in which the contenders take turns after a warm-up; × compares with bare sharp. Before
anything counts, the pictures of all of them are compared: same sizes, same look, and of the same encoder as many bytes.

| goal | measured | |
|---|---|---|
${findings.map(toRow).join('\n')}

## Who takes part

**Bare sharp** is a few lines for exactly these tasks and nothing else: it decodes a picture once, at the smallest scale
that serves the largest rendition, makes the others of that one, and neither checks nor reports anything. The bench tries
one and two threads within a rendition, and one, two and four renditions (or requests) beside each other, and takes the
fastest. Here these were:

${results.map(describeTuning).join('\n')}

**This worker** is the engine as the worker action calls it, in processes as the service starts them: one a core, each busy
with one request at a time.

**Through its service** is what a client waits for, from \`/process\` to the event of the last rendition in the journal. That
has the download, the worker action under Adobe's SDK and the uploads in it. No event is earlier than 50 ms after the answer.

**SDK with ImageMagick** is what Adobe's SDK does for a worker that sets \`rendition.postProcess\`: for each rendition, one
after the other, \`exiftool\`, \`identify\` and \`convert\`. Its unmodified post-processing is called without downloads, uploads
and events, in as many processes as the engine has.

## What they do

- AEM's four standard renditions are PNG in 48 × 48, 140 × 100 and 319 × 319 pixels and JPEG in 1280 × 1280.
- The TIFF is compressed with LZW, in strips. Each round has a process of its own, whose peak of resident memory counts.
- The hundred photos are as many requests. Cores busy is the processor time of the worker processes, as a share of what
  nobody else used, times the cores.

## On your machine

\`\`\`
npm run bench -- images
\`\`\`

takes some minutes, in which the machine should have nothing else to do. ImageMagick and exiftool take part when they are
installed. With \`--write\` it writes this page and its picture anew.
`
}

function toRow({ what, measured, baseline, distance, goal, reached }: Finding): string {
  const verdict = reached === undefined ? 'does not count' : reached ? 'reached' : 'missed'
  return `| ${what}: ${goal} | ${measured}; ${baseline}: ${distance} | ${verdict} |`
}

function describeTuning({ task, tuning: { threads, atOnce } }: TaskResult): string {
  return `- ${task.title}: ${threads} and ${atOnce}`
}
