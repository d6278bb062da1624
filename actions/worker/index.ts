import { createImageWorker } from '../../src/worker/image-worker.ts'

/** The `worker` action: image renditions. */
export const main = createImageWorker()
