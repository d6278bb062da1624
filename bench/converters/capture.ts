import { createServer } from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from '../../src/engine/capture/browser-program.ts'
import { createCapture } from '../../src/engine/capture/capture.ts'
import { missingProgram } from '../../src/programs/missing-program.ts'
import { findPrograms } from '../../src/programs/programs.ts'
import { compare, takeTurns, timeProgram } from '../beside.ts'
import { type Finding, time } from '../measure.ts'
import { runOperation } from './run-operation.ts'

const ROUNDS = 5

const BARE = fileURLToPath(new URL('./bare-capture.ts', import.meta.url))

const PAGE = `<!doctype html><title>Harbour</title><style>body{font:16px sans-serif;columns:2}h2{color:#246}</style>${'<h2>Quay</h2><p>Boats come in at dusk, and the lamps along the quay are lit one by one.</p>'.repeat(120)}`

/** A page of the web as a picture and on paper, beside a script that drives the same Chromium. */
export async function measureCapture(folder: string): Promise<Finding[]> {
  const { chromium, bwrap } = findPrograms(process.env)
  const browser = await findBrowser(chromium, true)
  const capture = createCapture({
    chromium,
    bwrap,
    reach: 'machine',
    missing: () => missingProgram('chromium', 'A capture of a page'),
  })
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const url = `http://127.0.0.1:${address.port}/`
  try {
    const findings: Finding[] = []
    for (const format of ['png', 'pdf'] as const) {
      const bare = [browser?.command ?? '', browser?.libraries ?? '', url]
      const beside = await takeTurns(
        ROUNDS,
        () => time(() => runOperation(capture, { format, url }, { folder })),
        () => timeProgram(process.execPath, [BARE, ...bare, path.join(folder, `bare.${format}`)]),
      )
      findings.push(
        compare({
          what: `a page of the web to ${format.toUpperCase()}, from the start of Chromium to the file`,
          ...beside,
          program: 'a bare script with the same Chromium',
          limit: 1.3,
          goal: 'within 1.3 ×',
        }),
      )
    }
    return findings
  } finally {
    server.close()
  }
}
