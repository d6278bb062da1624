import { createCaptureWorker } from '../../src/sdk/capture-worker.ts'

/** The `capture` action: PDFs and pictures of pages of the web, and of files as such pages. */
export const main = createCaptureWorker()
