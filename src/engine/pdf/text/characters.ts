import { OutOfMemory, type PdfDocument } from '../document.ts'

/** A letter of a page, in points from its lower left corner. */
export interface Character {
  readonly text: string
  /** Its number among the letters of the page. */
  readonly index: number
  /** Where the pen is when it is drawn. */
  readonly x: number
  readonly y: number
  /** Where it is; one that stands upright is as high as its font, so that all of a line are. */
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
  /** How large its font is, as the page is. */
  readonly fontSize: number
  /** Which way the pen goes on, in degrees against the clock: 0 is to the right. */
  readonly angle: number
  /** Whether it is not on the page, but a blank or the end of a line between others. */
  readonly isMade: boolean
}

/** As many degrees may letters lean that stand upright. */
const MOST_LEANING = 6

/** Whether a letter stands upright on a page that is not turned. */
export function isUpright({ angle }: Pick<Character, 'angle'>): boolean {
  return Math.abs(angle) < MOST_LEANING
}

/**
 * Where in the memory of a letter stands what PDFium says of it. In numbers of 8 bytes: where the pen is, and what is seen of it
 * (left, right, bottom, top).
 */
const PEN = 0
const SEEN = 2
/** In numbers of 4 bytes: how much room it takes (`FS_RECTF` of fpdfview.h: left, top, right, bottom), and its matrix (`FS_MATRIX`). */
const ROOM = 12
const MATRIX = 16
const LETTER_BYTES = 88

/** As much as letters reach above and below their line at most, as a share of the size of their font; some fonts say more. */
const MOST_ABOVE = 0.95
const MOST_BELOW = 0.3

/** No letter is wider, as a share of that; the boxes of vertical writing are beside its letters. */
const WIDEST = 1.5

/** Reads the letters of a page in the order in which PDFium has them. */
export function readCharacters({ pdfium, bare, memory }: PdfDocument, text: number): Character[] {
  const count = Math.max(0, pdfium.FPDFText_CountChars(text))
  const start = pdfium.pdfium.wasmExports.malloc(count * LETTER_BYTES + 1)
  if (start === 0) throw new OutOfMemory()
  askPlaces(bare, text, start, count)
  const unicode = bare('FPDFText_GetUnicode')
  const size = bare('FPDFText_GetFontSize')
  const generated = bare('FPDFText_IsGenerated')
  // Its memory may have moved until now.
  const { buffer } = memory()
  const doubles = new Float64Array(buffer, start, (count * LETTER_BYTES) / 8)
  const floats = new Float32Array(buffer, start, (count * LETTER_BYTES) / 4)
  const characters: Character[] = []
  for (let index = 0; index < count; index += 1) {
    const code = unicode(text, index)
    if (code === 0) continue
    const double = (place: number): number => doubles[(index * LETTER_BYTES) / 8 + place] ?? 0
    const float = (place: number): number => floats[(index * LETTER_BYTES) / 4 + place] ?? 0
    const y = double(PEN + 1)
    const angle = (Math.atan2(float(MATRIX + 1), float(MATRIX)) * 180) / Math.PI
    const fontSize = size(text, index) * Math.hypot(float(MATRIX + 2), float(MATRIX + 3))
    const [left, right] = [float(ROOM), float(ROOM + 2)]
    const isRoomy =
      Math.abs(angle) < MOST_LEANING && right > left && right - left < WIDEST * fontSize
    characters.push({
      text: String.fromCodePoint(code),
      index,
      x: double(PEN),
      y,
      left: isRoomy ? left : double(SEEN),
      right: isRoomy ? right : double(SEEN + 1),
      bottom: isRoomy ? Math.max(float(ROOM + 3), y - MOST_BELOW * fontSize) : double(SEEN + 2),
      top: isRoomy ? Math.min(float(ROOM + 1), y + MOST_ABOVE * fontSize) : double(SEEN + 3),
      fontSize,
      angle,
      isMade: generated(text, index) === 1,
    })
  }
  pdfium.pdfium.wasmExports.free(start)
  return characters
}

/** Has PDFium write where letters are, {@link LETTER_BYTES} each. */
function askPlaces(bare: PdfDocument['bare'], text: number, start: number, count: number): void {
  const pen = bare('FPDFText_GetCharOrigin')
  const seen = bare('FPDFText_GetCharBox')
  const room = bare('FPDFText_GetLooseCharBox')
  const matrix = bare('FPDFText_GetMatrix')
  for (let index = 0; index < count; index += 1) {
    const at = start + index * LETTER_BYTES
    const box = at + SEEN * 8
    pen(text, index, at + PEN * 8, at + PEN * 8 + 8)
    seen(text, index, box, box + 8, box + 16, box + 24)
    room(text, index, at + ROOM * 4)
    matrix(text, index, at + MATRIX * 4)
  }
}

/** Parts letters into lines, without what ends them. */
export function toLines(characters: readonly Character[]): Character[][] {
  const lines: Character[][] = [[]]
  for (const character of characters) {
    if (character.text === '\n') lines.push([])
    else if (character.text !== '\r') lines.at(-1)?.push(character)
  }
  return lines
}
