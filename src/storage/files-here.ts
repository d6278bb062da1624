import type { ReadableStream } from 'node:stream/web'
import type { FileSlice } from '../base/read-slices.ts'
import type { ByteRange } from './file-slices.ts'
import type { PartIndex, StoredPart } from './part-index.ts'
import type { StoredObject } from './stored-object.ts'

/** An object whose files are on this machine. Any two uploads differ in its `etag`, even of the same bytes. */
export interface ObjectHere extends StoredObject {
  readonly parts: readonly StoredPart[]
}

/** Objects whose files are on this machine. */
export interface FilesHere {
  /** The object, or `undefined` while there is none or a part before its last is missing. */
  look(key: string): ObjectHere | undefined
  /**
   * Looks whether all of an object is on the disk.
   *
   * @throws `ServiceError` 410 when a file of it is missing or has another size
   */
  check(object: ObjectHere): void
  /**
   * Reads an object, or a range of it, that {@link check} finds whole. To be called in the same tick as {@link look}; from then on
   * the stream gives that very version, whatever is uploaded meanwhile. It fails before its end when the bytes of a part are not
   * those that were stored.
   */
  read(object: ObjectHere, range?: ByteRange): ReadableStream<Uint8Array>
  /**
   * Keeps the files of an object, which {@link check} finds whole, for somebody on this machine who reads them himself. To be called in
   * the same tick as {@link look}.
   *
   * @returns them, and what lets them go; further calls of it do nothing
   */
  hold(object: ObjectHere): { slices: readonly FileSlice[]; release: () => Promise<void> }
  /** See {@link PartIndex.byAge}. */
  byAge: PartIndex['byAge']
}
