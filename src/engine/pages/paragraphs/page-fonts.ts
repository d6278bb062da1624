import { OperationError } from '../../../base/operation-error.ts'
import {
  type ChosenFont,
  createFontBook,
  type FontBook,
  type FontWish,
} from '../../typesetting/fonts/font-book.ts'
import { FontChooser } from '../../typesetting/shaping/choose-fonts.ts'

/** Finds fonts for the letters of pages, for all of a document. */
export type PageFonts = FontChooser

/**
 * Opens the fonts that pages are set in: the shipped ones, and those of folders. What a document names that is not there is set in
 * what is most like it.
 *
 * @param folders - see `fontFolders`
 */
export function createPageFonts(folders: readonly string[]): PageFonts {
  return new FontChooser(withSubstitutes(createFontBook(folders)))
}

/** What names tell of families that are not there, and what stands in for them. */
const SUBSTITUTES: readonly (readonly [name: RegExp, family: string])[] = [
  [/mono|courier|consol|typewriter|menlo|monaco|fixed|code\b/, 'Courier New'],
  [/sans|gothic|grotesk/, 'Arial'],
  [
    /serif|roman|times|cambria|georgia|garamond|palatino|book ?antiqua|bookman|century|constantia|caslon|baskerville|bodoni|didot|minion|goudy|rockwell|perpetua|sylfaen|charter|utopia|mincho|song|simsun|ming\b/,
    'Times New Roman',
  ],
]

const USUAL = 'Arial'

function withSubstitutes(book: FontBook): FontBook {
  const chosen = new Map<string, ChosenFont>()

  function find(wish: FontWish): ChosenFont {
    try {
      return book.choose(wish)
    } catch (error) {
      if (!(error instanceof OperationError)) throw error
      const name = wish.font?.toLowerCase() ?? ''
      const [, family] = SUBSTITUTES.find(([pattern]) => pattern.test(name)) ?? []
      return book.choose({ ...wish, font: family ?? USUAL })
    }
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
