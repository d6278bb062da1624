/** Archives the files named on the command line, and tells what that took as JSON: milliseconds, and bytes at the most. */
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { writeArchive } from '../../src/engine/archive/write-archive.ts'

const [archive = '', ...files] = process.argv.slice(2)
const planned = files.map((file, index) => ({ index, url: file, path: path.basename(file) }))
const start = performance.now()
await writeArchive(archive, planned, {
  open: async (file, { from, signal }) => ({
    content: createReadStream(file, { start: from, signal }),
    size: (await stat(file)).size,
    date: undefined,
    start: from,
    version: undefined,
  }),
})
const milliseconds = performance.now() - start
console.log(JSON.stringify({ milliseconds, peakBytes: readPeak() }))

/** On Linux the peak of `resourceUsage()` counts the process that has started this one. */
function readPeak(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS
  return Number(kilobytes) * 1024
}
