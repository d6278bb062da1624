import { inMemory, type ReadableFile, withOpenFile } from '../../sources/open-file.ts'
import type { Content } from '../../sources/signatures.ts'
import type { TiffPage } from '../../sources/tiff-pages.ts'

/** A picture in a file. */
export interface PlacedPicture {
  readonly path: string
  /** What the file is; undefined when it has been written here. */
  readonly content: Content | undefined
  /** Which of its pictures, as libvips counts, from 0. */
  readonly index: number
  /** Where it is in a TIFF file that has directories. */
  readonly page?: TiffPage | undefined
  /** What is in the file, where that is held in memory. */
  readonly bytes?: Buffer | undefined
}

/** Has the file of a picture read, from memory where it is there. */
export function withPicture<T>(
  { path, bytes }: Pick<PlacedPicture, 'path' | 'bytes'>,
  use: (file: ReadableFile) => T,
): T {
  return bytes === undefined ? withOpenFile(path, use) : use(inMemory(bytes))
}
