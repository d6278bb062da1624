import { createStoreElsewhere } from '../../src/storage/elsewhere/store-elsewhere.ts'
import { openS3Blobs } from '../../src/storage/s3/s3-blobs.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { openBucket } from './s3-bucket.ts'
import { itKeepsObjects } from './store-contract.ts'

describe('a bucket of Amazon S3', () => {
  const folder = useTemporaryFolder()

  itKeepsObjects(async () => {
    const bucket = await openBucket(folder.pathTo(''))
    const { signal } = new AbortController()
    const { base } = bucket.settings
    const blobs = openS3Blobs(bucket.settings, {
      reach: 'network',
      ownStorage: [base],
      pausesMs: [10, 50],
      signal,
      now: Date.now,
    })
    const store = createStoreElsewhere(blobs, { isPassing: () => false, now: Date.now })
    return {
      store,
      urls: store.urls,
      send: fetch,
      async close() {
        store.close()
        await bucket.close()
      },
    }
  })
})
