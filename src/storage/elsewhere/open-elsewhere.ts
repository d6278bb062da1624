import { openAzureBlobs } from '../azure/azure-blobs.ts'
import { openS3Blobs } from '../s3/s3-blobs.ts'
import type { StorageSettings } from '../storage-url.ts'
import type { Blobs } from './blobs.ts'

/** How long to wait before a call is made again, in milliseconds: somebody may be waiting for what comes of it. */
const PAUSES_MS = [200, 1000] as const

/**
 * Opens an object store elsewhere; nothing is asked of it yet.
 *
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function openBlobs(
  settings: StorageSettings,
  options: { now: () => number; signal: AbortSignal },
): Blobs {
  const context = {
    ...options,
    // The administrator has named it, wherever it is. A listing is of the base itself.
    reach: 'internet',
    ownStorage: [settings.base],
    pausesMs: PAUSES_MS,
  } as const
  return settings.kind === 's3' ? openS3Blobs(settings, context) : openAzureBlobs(settings, context)
}
