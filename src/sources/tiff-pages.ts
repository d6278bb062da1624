import type { ReadableFile } from './open-file.ts'
import {
  numberOf,
  numbersOf,
  openTiff,
  TIFF_TAGS,
  type TiffDirectory,
  type TiffFile,
  walkDirectories,
} from './tiff-directory.ts'

/** The bits of `NewSubfileType` (TIFF 6.0, section 8) for a smaller version of another picture, and for a mask. */
const NO_PAGE = 0b101

/** The value of `SubfileType`, which older programs wrote in place of it, for a smaller version. */
const SMALLER = 2

/** As many directories below another are looked at. */
const MOST_SUB_DIRECTORIES = 64

/** A page of a TIFF file. */
export interface TiffPage {
  /** Among the directories that follow each other, from 0. */
  readonly index: number
  /** Among those that this one has below it, from 0; undefined when it is that directory itself. */
  readonly below?: number
  readonly directory: TiffDirectory
}

/**
 * Finds the pages of a TIFF or BigTIFF file: its pictures without the smaller versions and the masks of them. Where none of the
 * directories that follow each other is one, those below them are (TIFF Technical Note 1).
 */
export function findTiffPages({ read }: Pick<ReadableFile, 'read'>): readonly TiffPage[] {
  const file = openTiff(read)
  if (file === undefined) return []
  const all = [...walkDirectories(file)].map((directory, index) => ({ index, directory }))
  const pages = all.filter(({ directory }) => isPage(directory))
  if (pages.length > 0) return pages
  return all.flatMap((parent) => pagesBelow(file, parent))
}

function pagesBelow(file: TiffFile, { index, directory }: TiffPage): readonly TiffPage[] {
  return numbersOf(directory, TIFF_TAGS.subDirectories, MOST_SUB_DIRECTORIES)
    .map((at, below) => ({ index, below, directory: file.directoryAt(at) }))
    .filter((page) => page.directory.whole && isPage(page.directory))
}

function isPage(directory: TiffDirectory): boolean {
  const kind = numberOf(directory, TIFF_TAGS.newSubfileType)
  if (kind === undefined) return numberOf(directory, TIFF_TAGS.oldSubfileType) !== SMALLER
  return (kind & NO_PAGE) === 0
}
