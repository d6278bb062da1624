import { createDocumentWorker } from '../../src/worker/document-worker.ts'

/** The `document` action: the text of documents, and pictures of their pages. */
export const main = createDocumentWorker()
