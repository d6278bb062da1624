import type { DevtoolRequest } from '../api.ts'

/** What of the history can be copied out of it, to become a test case. */
export interface RequestFiles {
  /** @returns undefined when there is none of this id, or none any more */
  request: (id: string) => DevtoolRequest | undefined
  /**
   * Writes the bytes of a source to `file`.
   *
   * @throws {ServiceError} 404 when there is no such source
   */
  copySource: (sourceId: string, file: string) => Promise<void>
  /**
   * Writes the bytes of a created rendition to `file`.
   *
   * @throws {ServiceError} 404 when there is no such rendition, or it has not been created
   */
  copyRendition: (requestId: string, position: number, file: string) => Promise<void>
}
