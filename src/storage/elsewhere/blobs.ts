import type { ByteRange } from '../file-slices.ts'
import type { PartOfUpload } from '../part-index.ts'

/** What a store tells of one of its objects. */
export interface BlobFacts {
  /** In bytes. */
  readonly size: number
  readonly contentType: string
  /** In milliseconds of the epoch, by the clock of the store. */
  readonly modified: number
  /** With its quotes. */
  readonly etag: string
}

/** An object in a listing of a store. */
export interface ListedBlob extends Pick<BlobFacts, 'size' | 'modified'> {
  readonly name: string
  /** The object that this is a part for, which is not put together yet. */
  readonly partOf?: string | undefined
}

/** A part that has come of an upload. */
export interface UploadedPart extends PartOfUpload {
  /** In bytes. */
  readonly size: number
  /** Of these bytes, and of no others. */
  readonly version: string
  /** In milliseconds of the epoch; undefined where the store does not tell. */
  readonly modified: number | undefined
}

/** What a URL to read with says besides what it is of. */
export interface ReadingUrl {
  /** In seconds of the epoch. */
  readonly expires: number
  readonly disposition?: string | undefined
  readonly method?: 'GET' | 'HEAD' | undefined
}

/**
 * A bucket of Amazon S3, or a container of Azure Blob Storage: what of them the storage is made of. Each call fails with a
 * `FetchError`, after having been tried again where that may help.
 */
export interface Blobs {
  /** What the URLs of all of it begin with, without a slash at its end. */
  readonly base: string
  /** Such as `the bucket “photos” at s3.example.com`. */
  readonly where: string
  /** Undefined when there is no such object. */
  look(name: string): Promise<BlobFacts | undefined>
  /** Undefined when there is no such object. */
  open(name: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Writes an object in place of whatever it was; resolves with its entity tag. */
  write(name: string, body: AsyncIterable<Uint8Array>, contentType: string): Promise<string>
  writePart(name: string, of: PartOfUpload, bytes: Uint8Array): Promise<void>
  /** The parts of all uploads to an object, those among them that the object is made of already. */
  partsOf(name: string): Promise<readonly UploadedPart[]>
  /** Makes an object of parts, unless it is made of them already or is newer than they are. */
  join(name: string, parts: readonly UploadedPart[], contentType: string): Promise<void>
  /** Lets go of the parts of all uploads to an object, but for what it is made of. */
  dropParts(name: string): Promise<void>
  /** Those whose names begin so, and the parts for such. */
  list(prefix: string): AsyncIterable<ListedBlob>
  /** Removes objects, and the parts for them. */
  remove(names: readonly string[]): Promise<void>
  toRead(name: string, url: ReadingUrl): string
  /** @param expires - in seconds of the epoch */
  toWrite(name: string, expires: number): string
  /** @param expires - in seconds of the epoch */
  toWritePart(name: string, of: PartOfUpload, expires: number): string
  /** The object that a part is of which a URL of this store writes; undefined for any other URL. */
  ofPartAt(url: URL): string | undefined
  /** The rule that ends uploads in parts which were never ended; undefined where the store needs none. */
  readonly abortRule:
    | { readonly isThere: () => Promise<boolean>; readonly add: () => Promise<void> }
    | undefined
  close(): void
}
