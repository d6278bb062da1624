/** Answers with its own number, unless it is told to be silent; for the test of pools. */

import { serveWork } from '../../src/image-pool/serve-work.ts'

serveWork<string, number>(({ work }) =>
  work === 'be silent' ? new Promise(() => undefined) : Promise.resolve({ result: process.pid }),
)
