/** Answers with its own number, for the test of pools. */

import { serveWork } from '../../src/image-pool/serve-work.ts'

serveWork<string, number>(async () => ({ result: process.pid }))
