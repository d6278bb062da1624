import { createDataWorker } from '../../src/sdk/data-worker.ts'

/** The `data` action: tables, texts with markup, fonts and drawings. */
export const main = createDataWorker()
