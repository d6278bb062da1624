import { createOwnUrls } from '../../src/storage/object-urls.ts'
import { createUrlSigner } from '../../src/storage/presigned-url.ts'
import { createStorage } from '../../src/storage/storage-routes.ts'
import { rootApp } from '../support/root-app.ts'
import { openStorage } from './storage-fixture.ts'
import { itKeepsObjects } from './store-contract.ts'

describe('the folder of the service', () => {
  itKeepsObjects(async () => {
    const storage = await openStorage(undefined, Date.now)
    const options = { secret: 'secret', origin: () => 'http://storage.test', now: Date.now }
    const { store } = storage
    const app = rootApp().route(
      '/storage',
      createStorage({ ...options, store, authenticate: () => Promise.reject(new Error('nobody')) }),
    )
    return {
      store,
      urls: createOwnUrls(createUrlSigner(options), { now: Date.now }),
      send: async (url, init) => app.request(url, init),
      close: () => storage.close(),
    }
  })
})
