import path from 'node:path'
import type { Log } from '../base/log.ts'
import type { Config } from '../config.ts'
import { JOB_OBJECTS } from '../doors/jobs/tasks/task-files.ts'
import { ORIGINALS } from '../doors/scene7/catalogue/originals.ts'
import { EXPORTS } from '../doors/scene7/ips/exports/kept-exports.ts'
import type { StoreElsewhere } from '../storage/elsewhere/store-elsewhere.ts'
import { openFolderStore } from '../storage/folder-store.ts'
import { createFolderSweep } from '../storage/folder-sweep.ts'
import { createLifecycle, type Swept } from '../storage/lifecycle.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import { createOwnUrls, type ObjectUrls } from '../storage/object-urls.ts'
import type { UrlSigner } from '../storage/presigned-url.ts'
import type { StorageSettings } from '../storage/storage-url.ts'
import type { Parts } from './parts.ts'

/** Whether the storage may remove an object that is old: what belongs to jobs and exports goes with them, originals with their assets. */
function isOfClients(key: string): boolean {
  return ![JOB_OBJECTS, ORIGINALS, EXPORTS].some((prefix) => key.startsWith(prefix))
}

/** What the storage is opened with. */
interface ObjectsOptions {
  readonly config: Pick<Config, 'home' | 'storageLimits' | 'storage'>
  /** Signs the URLs that the service itself answers. */
  readonly signer: UrlSigner
  /** Whether this front end removes what expires in a store that several have in common. */
  readonly isFirst: () => boolean
  readonly log: Log
  readonly now: () => number
}

/** Opens the storage: the folder of the service, or the object store elsewhere that its settings name. */
export async function openObjects(
  options: ObjectsOptions,
  parts: Parts,
): Promise<{ store: ObjectStore; urls: ObjectUrls }> {
  const { config, signer, log, now } = options
  if (config.storage !== undefined) return openElsewhere(config.storage, options, parts)
  const store = parts.add(await openFolderStore(path.join(config.home, 'objects'), { now, log }))
  const limits = config.storageLimits
  const removeOld = createFolderSweep({ store, limits, isMeant: isOfClients, now })
  parts.add(createLifecycle({ removeOld, atOnce: false, log, now }))
  return { store, urls: createOwnUrls(signer, { now }) }
}

async function openElsewhere(
  settings: StorageSettings,
  { config, isFirst, log, now }: ObjectsOptions,
  parts: Parts,
): Promise<{ store: ObjectStore; urls: ObjectUrls }> {
  const { store, where } = parts.add(await openStoreElsewhere(settings, now))
  const removeOld = async (isOver: () => boolean): Promise<Swept> =>
    isFirst() ? store.sweep(config.storageLimits, isOver) : { count: 0, bytes: 0 }
  parts.add(createLifecycle({ removeOld, atOnce: true, log, now }))
  log.info(`The storage is ${where}.`)
  return { store, urls: store.urls }
}

/** Opens the object store elsewhere that settings name; `where` says which that is. */
export async function openStoreElsewhere(
  settings: StorageSettings,
  now: () => number,
): Promise<{ store: StoreElsewhere; where: string; close: () => void }> {
  const [{ openBlobs }, { createStoreElsewhere }] = await Promise.all([
    import('../storage/elsewhere/open-elsewhere.ts'),
    import('../storage/elsewhere/store-elsewhere.ts'),
  ])
  const closing = new AbortController()
  const blobs = openBlobs(settings, { now, signal: closing.signal })
  const store = createStoreElsewhere(blobs, { isPassing: isOfClients, now })
  return {
    store,
    where: blobs.where,
    close() {
      closing.abort()
      store.close()
    },
  }
}
