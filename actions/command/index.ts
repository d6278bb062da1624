import { createCommandWorker } from '../../src/sdk/command-worker.ts'

/** The `command` action: programs of the machine in a sandbox. */
export const main = createCommandWorker()
