import type { Failure } from '../../../base/operation-error.ts'

/** Formats that nothing here decodes, of which another file is made or taken that is shown in their place. */
export type StandInFormat =
  | 'eps'
  | 'wmf'
  | 'emf'
  | 'icns'
  | 'ani'
  | 'dicom'
  | 'kra'
  | 'ora'
  | 'indd'
  | 'xd'
  | 'sketch'
  | 'fig'
  | 'procreate'
  | 'affinity'

/** A source file, and the file to write in its place. */
export interface StandInRequest {
  readonly path: string
  readonly format: StandInFormat
  readonly standInPath: string
  /** The largest picture that is written. */
  readonly maxPixels: number
}

/** What became of a request: `none` when the source has nothing that could be shown. */
export type StandInAnswer =
  | { readonly outcome: 'written' }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'failed'; readonly failure: Pick<Failure, 'code' | 'fields'> }

/**
 * Writes the file that is shown in place of another one.
 *
 * @returns whether there is one; a file that carries no picture of itself has none
 * @throws {@link OperationError} when it is damaged, or has what cannot be read here
 */
export type WriteStandIn = (request: StandInRequest) => boolean | Promise<boolean>
