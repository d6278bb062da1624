import { createPdfWorker } from '../../src/sdk/pdf-worker.ts'

/** The `ocr` action: what the `pdf` action makes, of scans whose text is recognised. It has the time that this takes. */
export const main = createPdfWorker()
