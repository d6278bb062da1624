import { createOfficeWorker } from '../../src/sdk/office-worker.ts'

/** The `office` action: PDFs and other formats of office files. */
export const main = createOfficeWorker()
