/** One line of the table of contents of an archive. */
export interface ArchiveEntry {
  /** Where it stands among all, from 1. */
  readonly number: number
  /** Clean, see {@link cleanPath}; undefined in what has no names, as a file that is compressed by itself. */
  readonly path: string | undefined
  /** In bytes, when it is unpacked. */
  readonly size: number
  /** What it is: only files are taken out. */
  readonly kind: 'file' | 'folder' | 'link' | 'device' | 'unclear'
}

/** An archive that is open for reading. */
export interface ReadableArchive {
  /**
   * Reads all of it that has to be read.
   *
   * @param targets - where to write files, by the numbers of their entries; what is no file is not written
   * @returns all entries
   * @throws {@link OperationError} when it is damaged, encrypted, or has more in it than an honest one
   */
  readonly read: (
    targets: ReadonlyMap<number, string>,
    signal: AbortSignal,
  ) => Promise<readonly ArchiveEntry[]>
}
