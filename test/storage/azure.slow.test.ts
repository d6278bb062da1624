import { openAzureBlobs } from '../../src/storage/azure/azure-blobs.ts'
import { createStoreElsewhere } from '../../src/storage/elsewhere/store-elsewhere.ts'
import { skipWithout } from '../support/tools.ts'
import { openContainer } from './azure-container.ts'
import { itKeepsObjects } from './store-contract.ts'

describe('a container of Azure Blob Storage', function () {
  this.timeout(60_000)
  before(function () {
    skipWithout(this, 'Azurite')
  })

  itKeepsObjects(async () => {
    const container = await openContainer()
    const { signal } = new AbortController()
    const blobs = openAzureBlobs(container.settings, {
      reach: 'network',
      ownStorage: [container.settings.base],
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
        await container.close()
      },
    }
  })
})
