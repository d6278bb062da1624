import { createArchiveWorker } from '../../src/sdk/archive-worker.ts'

/** The `archive` action: ZIP archives of files behind URLs. */
export const main = createArchiveWorker()
