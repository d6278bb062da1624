import { createOcrWorker } from '../../src/sdk/ocr-worker.ts'

/**
 * The `ocr` action: what the `pdf` and `document` actions make of scans, with their text recognised. It has the time that this
 * takes.
 */
export const main = createOcrWorker()
