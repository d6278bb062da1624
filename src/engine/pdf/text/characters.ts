import type { PdfDocument } from '../document.ts'

/** A letter of a page, in points from its lower left corner. */
export interface Character {
  readonly text: string
  /** Where the pen is when it is drawn. */
  readonly x: number
  readonly y: number
  /** How wide and how high what is seen of it is; a blank has no height. */
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
  /** Whether it is not on the page, but a blank or the end of a line between others. */
  readonly isMade: boolean
  /** Whether it stands upright. */
  readonly isUpright: boolean
}

/** Room for six numbers of 8 bytes. */
const PLACE_BYTES = 48

/** Reads the letters of a page in the order in which PDFium has them. */
export function readCharacters({ pdfium, memory }: PdfDocument, text: number): Character[] {
  const place = pdfium.pdfium.wasmExports.malloc(PLACE_BYTES)
  const characters: Character[] = []
  for (let index = 0; index < pdfium.FPDFText_CountChars(text); index += 1) {
    const code = pdfium.FPDFText_GetUnicode(text, index)
    if (code === 0) continue
    pdfium.FPDFText_GetCharOrigin(text, index, place, place + 8)
    pdfium.FPDFText_GetCharBox(text, index, place + 16, place + 24, place + 32, place + 40)
    const read = memory()
    const [x = 0, y = 0, left = 0, right = 0, bottom = 0, top = 0] = [0, 8, 16, 24, 32, 40].map(
      (offset) => read.readDoubleLE(place + offset),
    )
    characters.push({
      text: String.fromCodePoint(code),
      x,
      y,
      left,
      right,
      bottom,
      top,
      isMade: pdfium.FPDFText_IsGenerated(text, index) === 1,
      isUpright: Math.abs(Math.sin(pdfium.FPDFText_GetCharAngle(text, index))) < 0.1,
    })
  }
  pdfium.pdfium.wasmExports.free(place)
  return characters
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
