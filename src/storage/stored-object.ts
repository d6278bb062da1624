/** An object as it is at one moment. */
export interface StoredObject {
  key: string
  /** In bytes. */
  size: number
  contentType: string
  /** When its latest part was uploaded, in milliseconds of the epoch. */
  modified: number
  /** A strong entity tag with its quotes. */
  etag: string
}
