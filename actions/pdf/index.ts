import { createPdfWorker } from '../../src/sdk/pdf-worker.ts'

/** The `pdf` action: PDF files out of pictures and of other PDF files. */
export const main = createPdfWorker()
