import { ServiceError } from '../../../base/errors.ts'
import { type JournalEvent, readDataUrl } from '../../../client/read-journal.ts'
import { readMediaType } from '../../../sources/media-type.ts'
import type { DevtoolRequest, Rendition } from '../api.ts'
import type { Storage, StoredFile } from '../files/storage.ts'
import { shownAs } from '../shown-as.ts'
import type { KeptFile } from './derived-files.ts'
import { renditionKey } from './rendition-key.ts'
import { renditionFileName } from './rendition-name.ts'

/**
 * Finds out what an event says of the file of a created rendition, and asks the storage for what it does not say. What
 * travels in the event is put into the storage, to be had from there like any other.
 *
 * @param key - where the rendition is, or is to be
 * @returns undefined when there is no file
 */
export async function readCreatedFile(
  { data, metadata = {} }: JournalEvent,
  key: string,
  storage: Storage,
): Promise<Rendition['file']> {
  const told = readMediaType(metadata['dc:format'])
  if (typeof data === 'string') {
    const { bytes, type } = readDataUrl(data)
    await storage.put(key, { body: bytes, size: bytes.length, type: told ?? readMediaType(type) })
  }
  const stored: StoredFile | undefined = await storage.stat(key)
  if (stored === undefined) return undefined
  const type = told ?? readMediaType(stored.type) ?? 'application/octet-stream'
  return {
    size: stored.size,
    type,
    width: readPixels(metadata['tiff:imageWidth']),
    height: readPixels(metadata['tiff:imageHeight']),
    shownAs: shownAs(type),
  }
}

function readPixels(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined
}

/**
 * Finds what was made.
 *
 * @param position - of the rendition, from 0
 * @throws {ServiceError} 404 when there is no such rendition, or no file of it
 */
export function createdFile(request: DevtoolRequest, position: number): KeptFile {
  const { id, renditions } = request
  const rendition = renditions[position]
  if (rendition === undefined) {
    throw new ServiceError(
      'not_found',
      `There is no such rendition; the request has ${renditions.length}, counted from 0.`,
    )
  }
  if (rendition.file === undefined) {
    throw new ServiceError(
      'not_found',
      `The rendition is ${rendition.state}; there is no file of it.`,
    )
  }
  const { type, size } = rendition.file
  return { key: renditionKey(id, position), type, size, name: renditionFileName(request, position) }
}
