import { constants, gunzipSync } from 'node:zlib'

/** The most that a compressed SVG may hold, in bytes: more than any drawing, and little for an action. */
const MOST_BYTES = 64 * 1024 * 1024

/** Whether a file that starts with these bytes is compressed with gzip, as an `.svgz` is. */
export function isGzipped(start: Uint8Array): boolean {
  return start.length > 2 && start[0] === 0x1f && start[1] === 0x8b
}

/** @throws when it is damaged or holds more than 64 MB */
export function gunzip(compressed: Buffer): Buffer {
  return gunzipSync(compressed, { maxOutputLength: MOST_BYTES })
}

/** As much as the start of a compressed file holds; the start as it is when that cannot be told. */
export function unzipStart(start: Buffer): Buffer {
  try {
    return gunzipSync(start, {
      maxOutputLength: MOST_BYTES,
      finishFlush: constants.Z_SYNC_FLUSH,
    })
  } catch {
    return start
  }
}
