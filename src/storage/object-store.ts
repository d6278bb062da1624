import type { ReadableStream } from 'node:stream/web'
import type { ByteRange } from './file-slices.ts'
import type { FilesHere } from './files-here.ts'
import type { ObjectUrls } from './object-urls.ts'
import type { PartOfUpload } from './part-index.ts'
import type { StoredObject } from './stored-object.ts'
import type { BodySize } from './upload-body.ts'

/** An upload of a whole object or of one part of it. */
export interface Upload {
  key: string
  body: AsyncIterable<Uint8Array> | null
  size: BodySize
  /** The `Content-Type` of the request; an object has that of its first part. */
  contentType: string
  /** Absent for an object that is uploaded as a whole. */
  of?: PartOfUpload | undefined
}

/** An object in a listing. */
export type ListedObject = Pick<StoredObject, 'key' | 'size' | 'modified'>

/**
 * Objects under keys, wherever they are: in a folder of this machine, or in an object store elsewhere. What is elsewhere and does not
 * answer is a `ServiceError` 503 from whatever asks for it.
 */
export interface ObjectStore {
  /**
   * Stores an object or a part of one; it is kept when the promise resolves. Until then, and after a failure, the object is what it was.
   *
   * @returns the entity tag of what was uploaded, and whether it took the place of something, where that is known
   * @throws `ServiceError` 400 for an impossible key or a body that broke off, 409 for a part of an upload that a later
   * one has replaced, 413 for a body that is too long, 503 when the store was closed meanwhile, 507 for a full disk
   */
  put(upload: Upload): Promise<{ etag: string; replaced: boolean }>
  /** The object, or `undefined` while there is none or a part before its last is missing. */
  stat(key: string): Promise<StoredObject | undefined>
  /**
   * Opens an object, or a range of it: that very version is read, whatever is uploaded meanwhile, or the reading fails.
   *
   * @returns `undefined` when there is none
   * @throws `ServiceError` 410 when it is damaged
   */
  open(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>
  /** How much of an upload in parts has come, or of the object where that is whole already. */
  arrived(key: string): Promise<{ parts: number; size: number }>
  /**
   * Sees to it that what was uploaded for a key, by whatever URL, is an object. Whoever has waited for the end of an upload asks for it
   * before anybody reads.
   *
   * @param contentType - for what came without one
   * @param isWhole - whether no further part can come
   */
  complete(key: string, contentType: string, isWhole: boolean): Promise<void>
  /**
   * {@link ObjectStore.complete} for what was uploaded to a target of a rendition, where that takes parts of this store.
   *
   * @param target - as the request has it
   */
  completeTarget(target: unknown, contentType: string): Promise<void>
  /** The objects whose keys begin so, and what belongs to uploads of such. */
  list(prefix: string): AsyncIterable<ListedObject>
  /** Removes objects, of which some may not be there. */
  remove(keys: readonly string[]): Promise<void>
  /** In bytes, of everything, as far as it is known. */
  size(): number
  /** What is on this machine of it; undefined for a store elsewhere. */
  readonly here: FilesHere | undefined
  /** Makes URLs of a store elsewhere; undefined where the service itself answers. */
  readonly urls: ObjectUrls | undefined
  /** What URLs of a store elsewhere begin with, with a slash at its end; undefined where the service itself answers. */
  readonly base: string | undefined
  /** How much of a body that comes through the service is worth a part, in bytes. */
  readonly partBytes: number
  /** Ends what it has open. */
  close(): void
}
