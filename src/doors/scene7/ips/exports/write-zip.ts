/** A file that goes into a ZIP. */
export interface ZipFile {
  /** Where it is on this machine. */
  readonly file: string
  /** What it is called in the ZIP. */
  readonly name: string
}

/**
 * Writes a ZIP, straight to the disk.
 *
 * @throws {@link OperationError} when the disk is full, the signal's reason when it aborts; then there is no ZIP
 */
export type WriteZip = (to: string, files: readonly ZipFile[], signal: AbortSignal) => Promise<void>
