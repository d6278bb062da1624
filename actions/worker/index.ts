import { createImageWorker } from '../../src/sdk/image-worker.ts'

/** The `worker` action: image renditions. */
export const main = createImageWorker()
