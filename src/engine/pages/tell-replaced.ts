import { tellReplacedFonts } from '../typesetting/fonts/tell-replaced-fonts.ts'

/** As many fonts and letters are told, and as many letters of a name. */
const MOST_TOLD = 10
const LONGEST_NAME = 60

/** What was not there to set pages in. */
interface Missing {
  /** The names of fonts that others stand in for. */
  readonly fonts: Iterable<string>
  /** Letters that no font has. */
  readonly letters: Iterable<string>
}

/** Says what is on pages in place of fonts and letters that are not there, a sentence each. */
export function tellReplaced({ fonts, letters }: Missing): string[] {
  const names = Array.from(fonts, (name) => visible(name).slice(0, LONGEST_NAME)).toSorted()
  const seen = Array.from(letters, visible).filter((letter) => letter !== '')
  const some = seen.slice(0, MOST_TOLD).join(' ')
  return [
    tellReplacedFonts('document', names.slice(0, MOST_TOLD)),
    seen.length === 0
      ? undefined
      : `Letters that no font here has are bars on the pages: ${some}${seen.length > MOST_TOLD ? ' and others' : ''}.`,
  ].flatMap((sentence) => sentence ?? [])
}

/** A text without what nobody sees. */
function visible(text: string): string {
  return text.replaceAll(/\p{C}/gu, '').trim()
}
