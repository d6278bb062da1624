import type { ChosenFont, FontBook } from '../fonts/font-book.ts'
import type { LetterLook } from './letter-look.ts'

/** What is one letter to a reader, which may be several code points. */
export interface Letter {
  readonly text: string
  /** Where it begins in the text of its paragraph. */
  readonly start: number
  readonly look: LetterLook
  readonly font: ChosenFont
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Text whose every character is a letter to a reader. */
const SIMPLE = /^[\u0020-\u02ff\n\t]*$/

/** What no font has to have, as it shows nothing of its own. */
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\n\t]$/u

const IMPOSSIBLE = /^[\p{Cc}\p{Cs}]$/u

/** Finds for each letter of a text a font that has it: the one that is wanted, or one that stands in. */
export class FontChooser {
  readonly #book: FontBook
  readonly #chosen = new Map<string, ChosenFont>()
  readonly #standIns = new Map<string, ChosenFont | undefined>()
  /** Letters that no font has. */
  readonly unknown = new Set<string>()

  constructor(book: FontBook) {
    this.#book = book
  }

  /** @throws {@link OperationError} text_font_missing */
  fontOf({ run }: LetterLook): ChosenFont {
    const key = keyOf(run)
    const font = this.#chosen.get(key) ?? this.#book.choose(run)
    this.#chosen.set(key, font)
    return font
  }

  /** @param start - of the text of the run in that of its paragraph */
  lettersOf(look: LetterLook, start: number): readonly Letter[] {
    const wanted = this.fontOf(look)
    const { text } = look.run
    const graphemes = SIMPLE.test(text)
      ? Array.from(text, (segment, index) => ({ segment, index }))
      : Array.from(GRAPHEMES.segment(text))
    return graphemes.map(({ segment, index }) => {
      const font = this.#fontFor(segment, wanted, look)
      return { text: segment, start: start + index, look, font }
    })
  }

  #fontFor(letter: string, wanted: ChosenFont, { run }: LetterLook): ChosenFont {
    const seen = Array.from(letter).filter((each) => !UNSEEN.test(each))
    if (hasAll(wanted, seen)) return wanted
    const key = `${keyOf(run)} ${letter}`
    const found = this.#standIns.has(key)
      ? this.#standIns.get(key)
      : this.#book.standIn(seen.map(codePointOf), run)
    this.#standIns.set(key, found)
    if (found === undefined || seen.some((each) => IMPOSSIBLE.test(each))) this.unknown.add(letter)
    return found ?? wanted
  }
}

function hasAll({ face }: ChosenFont, letters: readonly string[]): boolean {
  const has = (each: string): boolean => !IMPOSSIBLE.test(each) && face.covers(codePointOf(each))
  // A letter with a mark may be there as one letter.
  return letters.every(has) || Array.from(letters.join('').normalize('NFC')).every(has)
}

function codePointOf(letter: string): number {
  return letter.codePointAt(0) ?? 0
}

function keyOf({ font, bold, italic }: LetterLook['run']): string {
  return `${font ?? ''}/${bold}/${italic}`
}
