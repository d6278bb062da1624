/** PDFium's marks for the hyphen of a word that goes on in the next line. */
const BROKEN_WORD_MARKS = ['\uFFFE', '\u0002']

/** Letters that fonts draw as one, such as "ffi"; whoever searches types them one by one. */
const LIGATURES = /[\uFB00-\uFB06]/g

const CONTROLS = /[^\P{Cc}\t\n]/gu

/** Text of a page as somebody would type it, and words whole that go on in the next line. */
export function tidyText(raw: string): string {
  const lines = raw.replaceAll(/\r\n?/g, '\n')
  return tidyLetters(
    BROKEN_WORD_MARKS.reduce(
      (text, mark) => text.replaceAll(`${mark}\n`, '').replaceAll(mark, ''),
      lines,
    ),
  )
    .replaceAll(/[ \t]+$/gm, '')
    .trim()
}

/** Whether a word ends here and goes on in the next line. */
export function isBroken(letter: string): boolean {
  return BROKEN_WORD_MARKS.includes(letter)
}

/** A word as it is seen, with the hyphen at the end of a line. */
export function tidyWord(raw: string): string {
  return tidyLetters(BROKEN_WORD_MARKS.reduce((text, mark) => text.replaceAll(mark, '-'), raw))
}

/** A part of a text, with a blank where a line ends unless a word goes on. */
export function tidyPiece(raw: string): string {
  const whole = BROKEN_WORD_MARKS.reduce(
    (text, mark) => text.replaceAll(`${mark}\n`, '').replaceAll(mark, '-'),
    raw,
  )
  return tidyLetters(whole.replaceAll(/(\p{L})-\n(?=\p{Ll})/gu, '$1').replaceAll('\n', ' '))
}

function tidyLetters(text: string): string {
  return text
    .replaceAll(LIGATURES, (letters) => letters.normalize('NFKC'))
    .replaceAll(CONTROLS, '')
    .toWellFormed()
    .normalize('NFC')
}
