/** Archives the files named on the command line, and tells what that took as JSON: milliseconds, and bytes at the most. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { writeArchive } from '../../src/archive/archive.ts'

const [archive = '', ...files] = process.argv.slice(2)
const planned = files.map((file) => ({ title: file, url: file, path: path.basename(file) }))
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
console.log(JSON.stringify({ milliseconds, peakBytes: process.resourceUsage().maxRSS * 1024 }))
