import { OperationError } from '../../../base/operation-error.ts'
import {
  type ChosenFont,
  createFontBook,
  type FontBook,
  type FontWish,
} from '../../typesetting/fonts/font-book.ts'
import { FontChooser } from '../../typesetting/shaping/choose-fonts.ts'
import { findSubstitute, fitted } from './substitutes.ts'

/** Finds fonts for the letters of pages, for all of a document. */
export type PageFonts = FontChooser

/**
 * Opens the fonts that pages are set in: the shipped ones, and those of folders. What a document names that is not there is set in
 * what is most like it.
 *
 * @param folders - see `fontFolders`
 * @param onReplaced - takes the name of a family that is not there; the same may come twice
 */
export function createPageFonts(
  folders: readonly string[],
  onReplaced: (family: string) => void = () => undefined,
): PageFonts {
  return new FontChooser(withSubstitutes(createFontBook(folders), onReplaced))
}

function withSubstitutes(book: FontBook, onReplaced: (family: string) => void): FontBook {
  const chosen = new Map<string, ChosenFont>()

  /** @returns undefined when there is none of the name */
  function chooseThere(wish: FontWish): ChosenFont | undefined {
    try {
      return book.choose(wish)
    } catch (error) {
      if (error instanceof OperationError) return undefined
      throw error
    }
  }

  function find(wish: FontWish): ChosenFont {
    const named = chooseThere(wish)
    if (named !== undefined) return named
    const { font: missing = '' } = wish
    onReplaced(missing)
    const substitute = findSubstitute(missing)
    const { twin, family } = substitute
    const same = twin === undefined ? undefined : chooseThere({ ...wish, font: twin })
    return same ?? fitted(book.choose({ ...wish, font: family }), substitute)
  }

  return {
    choose(wish) {
      const key = `${wish.font ?? ''}/${wish.bold}/${wish.italic}`
      const font = chosen.get(key) ?? find(wish)
      chosen.set(key, font)
      return font
    },
    standIn: book.standIn,
  }
}
