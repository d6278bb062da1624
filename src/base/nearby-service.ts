import type { FileSlice } from './read-slices.ts'

/** An object of the storage whose files are on this machine, as it is behind a presigned URL. */
export interface NearbyObject {
  /** In bytes. */
  readonly size: number
  /** When its latest part was uploaded, in milliseconds of the epoch. */
  readonly modified: number
  /** The entity tag that its answers have. */
  readonly etag: string
  readonly contentType: string
  /** The `Content-Disposition` that its answers have; undefined for none. */
  readonly disposition: string | undefined
  /** What it consists of, in this order. The files stay, and stay as they are, until the activation has ended. */
  readonly files: readonly FileSlice[]
}

/** A request without its body. */
export interface NearbyRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** No more bytes are sent at a time; a larger body is worth a connection, which needs no room in memory for it. */
export const LARGEST_SENT_BYTES: number = 4 * 1024 ** 2

/** How a process of an action reaches the service that has started it without a connection. Neither function ever rejects. */
export interface NearbyService {
  /**
   * Opens the object behind a presigned URL of the service's own storage.
   *
   * @returns undefined where a connection is needed, which then tells why as well, and else the object, and what is to be called when it
   *   has been read or given up
   */
  open: (
    url: string,
  ) => Promise<{ readonly object: NearbyObject; readonly end: () => void } | undefined>
  /**
   * Sends a small request to the service.
   *
   * @returns whether it was taken; unless it was, a connection is needed, which then tells why as well
   */
  send: (request: NearbyRequest, body: Uint8Array) => Promise<boolean>
}

let nearby: NearbyService | undefined

/** Says how the service is reached from now on; told by what has started the action in this process. */
export function tellNearbyService(service: NearbyService): void {
  nearby = service
}

/** See {@link NearbyService}; undefined in processes that no service has started, or that it lets in by connections alone. */
export function nearbyService(): NearbyService | undefined {
  return nearby
}
