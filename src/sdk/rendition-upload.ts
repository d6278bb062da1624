import { hash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import type { Rendition } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { isRecord } from '../base/json.ts'
import { LARGEST_SENT_BYTES, nearbyService } from '../base/nearby-service.ts'
import { FetchError } from '../fetching/fetched-file.ts'
import { type PutOptions, putEmpty } from '../fetching/put-empty.ts'
import { isOfService } from './reach.ts'
import { RenditionError } from './rendition-error.ts'

/** A part of an upload that is worth its request, in bytes. */
const PART_BYTES = 8 * 1024 * 1024

const targetSchema = z.pipe(
  z.union([z.string(), z.object({ urls: z.array(z.string()) })]),
  z.transform((target) => (typeof target === 'string' ? target : target.urls[0])),
)

/** What is read of a rendition and changed in it. */
type Upload = Pick<Rendition, 'path' | 'target' | 'shouldEmbedInIOEvent' | 'contentType'> &
  Partial<Pick<Rendition, 'sha1'>>

/** The longest part that the SDK uploads, in bytes (@adobe/httptransfer, lib/functions/transfer.js: `MAX_MEMORY_BUFFER`). */
const LONGEST_PART_BYTES = 100 * 1024 * 1024

/**
 * Sees to it that the SDK can upload a rendition, and in little memory.
 *
 * A rendition that has no bytes, such as the text of a scan, it uploads itself and leaves nothing to the SDK, which refuses
 * such a file (@adobe/httptransfer, lib/file.js: "Empty file"). So it does with one for the storage of the service that has started
 * this process, which needs no connection for it; what that does not take is left to the SDK, whose upload tells why.
 *
 * @returns whether it is uploaded
 * @param options.pausesMs - how long to wait before each further attempt, in milliseconds
 * @throws {@link RenditionError} GenericError when the target does not take an empty rendition, RenditionTooLarge for one of which
 *   a part would be longer than the SDK takes, which it says with a path
 */
export async function prepareUpload(
  rendition: Upload,
  options: Pick<PutOptions, 'pausesMs'> = {},
): Promise<boolean> {
  const { size } = statSync(rendition.path)
  if (rendition.shouldEmbedInIOEvent()) return false
  refuseLongParts(rendition.target, size)
  if (size === 0) return uploadEmpty(rendition, options)
  if (await uploadNearby(rendition, size)) return true
  limitParts(rendition, size)
  return false
}

function refuseLongParts(target: unknown, size: number): void {
  const urls = isRecord(target) && Array.isArray(target['urls']) ? target['urls'].length : 1
  if (urls === 0 || size <= urls * LONGEST_PART_BYTES) return
  const most = `${urls === 1 ? 'one URL takes' : `${urls} URLs take`} at most`
  throw new RenditionError(
    'RenditionTooLarge',
    `rendition size of ${size} for a target is too large: ${most} ${urls * LONGEST_PART_BYTES} bytes`,
  )
}

/**
 * Has the SDK upload in parts that are no larger than they must be: it holds eight of them in memory, and makes each of
 * them as large as the target allows, up to 100 MB.
 */
function limitParts(rendition: Upload, size: number): void {
  const { target } = rendition
  if (!isRecord(target) || !Array.isArray(target['urls'])) return
  const { urls, minPartSize, maxPartSize } = target
  const least = typeof minPartSize === 'number' ? minPartSize : 1
  const enough = Math.max(Math.ceil(size / urls.length), least, PART_BYTES)
  if (typeof maxPartSize === 'number' && maxPartSize <= enough) return
  rendition.target = { ...target, maxPartSize: enough }
}

/** @returns whether it has a target */
async function uploadEmpty(
  rendition: Upload,
  options: Pick<PutOptions, 'pausesMs'>,
): Promise<boolean> {
  const { success, data: url } = z.safeParse(targetSchema, rendition.target)
  if (!success || url === undefined) return false
  try {
    await putEmpty(url, { ...options, contentType: await rendition.contentType() })
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    const sentence = `The rendition, which is empty, could not be uploaded: ${error.message}.`
    throw new RenditionError('GenericError', sentence)
  }
  rendition.target = undefined
  return true
}

/** @returns whether the storage of the service that has started this process has taken it */
async function uploadNearby(rendition: Upload, size: number): Promise<boolean> {
  const nearby = nearbyService()
  if (nearby === undefined || size > LARGEST_SENT_BYTES) return false
  const { success, data: url } = z.safeParse(targetSchema, rendition.target)
  if (!success || url === undefined || !isOfService(url)) return false
  const headers = { 'content-type': await rendition.contentType() }
  const body = readFileSync(rendition.path)
  if (!(await nearby.send({ method: 'PUT', url, headers }, body))) return false
  rendition.target = undefined
  // The SDK would read it again for its event.
  const sha1 = hash('sha1', body)
  rendition.sha1 = async () => sha1
  return true
}
