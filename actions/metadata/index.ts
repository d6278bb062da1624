import { createMetadataWorker } from '../../src/sdk/metadata-worker.ts'

/** The `metadata` action: XMP out of a source, and into a copy of one. */
export const main = createMetadataWorker()
