import path from 'node:path'
import type { Log } from '../base/log.ts'
import type { Config } from '../config.ts'
import { JOB_OBJECTS } from '../doors/jobs/tasks/task-files.ts'
import { openFolderStore } from '../storage/folder-store.ts'
import { createFolderSweep } from '../storage/folder-sweep.ts'
import { createLifecycle } from '../storage/lifecycle.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import { createOwnUrls, type ObjectUrls } from '../storage/object-urls.ts'
import type { UrlSigner } from '../storage/presigned-url.ts'
import type { Parts } from './parts.ts'

/** Whether the storage may remove an object that is old: what belongs to jobs goes with them. */
function isOfClients(key: string): boolean {
  return !key.startsWith(JOB_OBJECTS)
}

/** Opens the storage: the folder of the service. */
export async function openObjects(
  options: {
    config: Pick<Config, 'home' | 'storageLimits'>
    signer: UrlSigner
    log: Log
    now: () => number
  },
  parts: Parts,
): Promise<{ store: ObjectStore; urls: ObjectUrls }> {
  const { config, signer, log, now } = options
  const { home, storageLimits: limits } = config
  const store = parts.add(await openFolderStore(path.join(home, 'objects'), { now, log }))
  const removeOld = createFolderSweep({ store, limits, isMeant: isOfClients, now })
  parts.add(createLifecycle({ removeOld, atOnce: false, log, now }))
  return { store, urls: createOwnUrls(signer, { now }) }
}
