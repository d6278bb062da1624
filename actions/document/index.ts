import { createDocumentWorker } from '../../src/sdk/document-worker.ts'

/** The `document` action: the text of documents, and pictures of their pages. */
export const main = createDocumentWorker()
