import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Rendition } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { isRecord } from '../base/record.ts'
import { RenditionError } from './rendition-error.ts'

const PAUSES_MS = [200, 1000]
const TIME_LIMIT_MS = 30_000

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
  { pausesMs = PAUSES_MS }: { pausesMs?: readonly number[] } = {},
): Promise<void> {
  const { size } = await stat(rendition.path)
  if (size > 0) limitParts(rendition, size)
  else if (!rendition.shouldEmbedInIOEvent()) await uploadEmpty(rendition, pausesMs)
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

async function uploadEmpty(rendition: Upload, pausesMs: readonly number[]): Promise<void> {
  const { success, data: url } = z.safeParse(targetSchema, rendition.target)
  if (!success || url === undefined) return
  await put(url, await rendition.contentType(), pausesMs)
  rendition.target = undefined
}

async function put(url: string, contentType: string, pausesMs: readonly number[]): Promise<void> {
  for (const pauseMs of [...pausesMs, undefined]) {
    const answer = await attempt(url, contentType)
    if (answer === 'done') return
    if (pauseMs === undefined || !answer.temporary) {
      throw new RenditionError(
        'GenericError',
        `The rendition, which is empty, could not be uploaded: ${answer.why}.`,
      )
    }
    await sleep(pauseMs)
  }
}

async function attempt(
  url: string,
  contentType: string,
): Promise<'done' | { why: string; temporary: boolean }> {
  try {
    const { ok, status } = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': contentType, 'content-length': '0' },
      body: new Uint8Array(),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    })
    const temporary = status >= 500 || status === 429
    return ok ? 'done' : { why: `the target answered ${status}`, temporary }
  } catch {
    return { why: 'there is no connection', temporary: true }
  }
}
