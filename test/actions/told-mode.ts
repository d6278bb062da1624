import { writeFile } from 'node:fs/promises'
import { worker } from '../../src/sdk/custom-worker.ts'

/** Writes whether it is run as Adobe's command runs it. */
export const main = worker(async (_source, rendition) => {
  await writeFile(rendition.path, `test mode: ${process.env['WORKER_TEST_MODE'] ?? 'no'}\n`)
})
