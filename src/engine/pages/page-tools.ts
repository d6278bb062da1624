import type { Package } from '../../packages/package.ts'
import type { Page } from './drawing/page.ts'
import type { PageFonts } from './paragraphs/page-fonts.ts'

/** What documents are laid out with. */
export interface PageTools {
  readonly fonts: PageFonts
  /** How many pages are wanted; what comes behind them need not be laid out. */
  readonly count: number
}

/** What documents are laid out with that may have more in them than can be read. */
export interface DocumentTools extends PageTools {
  /** Takes a sentence about what cannot be read; the same may come twice. */
  readonly remark: (sentence: string) => void
}

/** Pages, and the package that the pictures on them are parts of. */
export interface PagesOfParts {
  readonly pages: readonly Page[]
  readonly parts: Package
}

/** Office documents whose pages are drawn as they look, and not as a text. */
export const DRAWN_FORMATS = ['docx', 'pptx', 'xlsx'] as const

/** See {@link DRAWN_FORMATS}. */
export type DrawnFormat = (typeof DRAWN_FORMATS)[number]

/** Whether pages of a format are drawn as they look. */
export function isDrawn(format: string | undefined): format is DrawnFormat {
  return DRAWN_FORMATS.some((each) => each === format)
}

/**
 * Lays out the pages of an office document. Pictures on them are called by the names of their parts.
 *
 * @param main - the name of its main part
 * @throws {@link OperationError} when it is damaged, or has more of something than is read
 */
export type LayOutPackage = (
  parts: Package,
  main: string,
  tools: DocumentTools,
) => Promise<readonly Page[]>
