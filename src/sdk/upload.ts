import { stat } from 'node:fs/promises'
import type { Rendition } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { isRecord } from '../base/record.ts'
import { FetchError } from '../fetching/fetched-file.ts'
import { type PutOptions, putEmpty } from '../fetching/put-empty.ts'
import { RenditionError } from './rendition-error.ts'

/** A part of an upload that is worth its request, in bytes. */
const PART_BYTES = 8 * 1024 * 1024

const targetSchema = z.pipe(
  z.union([z.string(), z.object({ urls: z.array(z.string()) })]),
  z.transform((target) => (typeof target === 'string' ? target : target.urls[0])),
)

/** What is read of a rendition and changed in it. */
type Upload = Pick<Rendition, 'path' | 'target' | 'shouldEmbedInIOEvent' | 'contentType'>

/**
 * Sees to it that the SDK can upload a rendition, and in little memory.
 *
 * A rendition that has no bytes, such as the text of a scan, it uploads itself and leaves nothing to the SDK, which refuses
 * such a file (@adobe/httptransfer, lib/file.js: "Empty file").
 *
 * @param options.pausesMs - how long to wait before each further attempt, in milliseconds
 * @throws {@link RenditionError} GenericError when the target does not take an empty rendition
 */
export async function prepareUpload(
  rendition: Upload,
  options: Pick<PutOptions, 'pausesMs'> = {},
): Promise<void> {
  const { size } = await stat(rendition.path)
  if (size > 0) limitParts(rendition, size)
  else if (!rendition.shouldEmbedInIOEvent()) await uploadEmpty(rendition, options)
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

async function uploadEmpty(
  rendition: Upload,
  options: Pick<PutOptions, 'pausesMs'>,
): Promise<void> {
  const { success, data: url } = z.safeParse(targetSchema, rendition.target)
  if (!success || url === undefined) return
  try {
    await putEmpty(url, { ...options, contentType: await rendition.contentType() })
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    const sentence = `The rendition, which is empty, could not be uploaded: ${error.message}.`
    throw new RenditionError('GenericError', sentence)
  }
  rendition.target = undefined
}
