import { pathOf } from '../../typesetting/drawing/mark-paths.ts'
import type { FontFace } from '../../typesetting/fonts/font-face.ts'
import type { Mark } from '../../typesetting/layout/mark-line.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'
import type { PageMark, PathStep, PlacedGlyph, TextMark } from '../drawing/page.ts'
import { rectangle } from '../drawing/shapes.ts'

type GlyphMark = Extract<Mark, { readonly kind: 'glyph' }>

/** What letters are that no font has, as in a picture too small to read. */
const BAR: LetterColour = { red: 153, green: 153, blue: 153, alpha: 255 }

/** How high a bar is, and how wide it is where the font does not tell, in parts of the size of the letters. */
const BAR_HEIGHT = 0.5
const BAR_WIDTH = 0.6

const AS_THEY_ARE = [1, 0, 0, 1, 0, 0] as const

/** Turns what is drawn of a text into marks of a page; insets become the pictures that they name. */
export function toPageMarks(marks: readonly Mark[]): readonly PageMark[] {
  const made: PageMark[] = []
  let last: { readonly mark: GlyphMark; readonly glyphs: PlacedGlyph[] } | undefined
  for (const mark of marks) {
    if (mark.kind === 'glyph' && mark.id !== 0 && isEmbedded(mark.font.face)) {
      const { id, x, y, letters } = mark
      const glyph = { id, x, y, letters }
      if (last !== undefined && looksAlike(last.mark, mark)) {
        last.glyphs.push(glyph)
        continue
      }
      last = { mark, glyphs: [glyph] }
      made.push(toText(mark, last.glyphs))
      continue
    }
    last = undefined
    made.push(toPath(mark))
  }
  return made
}

/** Other fonts than simple ones of TrueType are drawn by their outlines: readers of PDF differ in what they make of them. */
function isEmbedded({ file, isTrueType, hasWeights }: FontFace): boolean {
  return isTrueType && !hasWeights && file.index === 0 && /\.ttf$/i.test(file.path)
}

function looksAlike(one: GlyphMark, other: GlyphMark): boolean {
  return (
    one.font.face === other.font.face &&
    one.font.slanted === other.font.slanted &&
    one.font.emboldened === other.font.emboldened &&
    one.size.x === other.size.x &&
    one.size.y === other.size.y &&
    isSameColour(one.colour, other.colour)
  )
}

function isSameColour(one: LetterColour, other: LetterColour): boolean {
  return (
    one.red === other.red &&
    one.green === other.green &&
    one.blue === other.blue &&
    one.alpha === other.alpha
  )
}

function toText({ font, size, colour }: GlyphMark, glyphs: readonly PlacedGlyph[]): TextMark {
  const { face, slanted, emboldened } = font
  const drawn = { x: size.x * face.drawnSize, y: size.y * face.drawnSize }
  return { kind: 'text', font: face.file.path, size: drawn, colour, slanted, emboldened, glyphs }
}

function toPath(mark: Mark): PageMark {
  if (mark.kind === 'inset') {
    const { inset, x, y } = mark
    return { kind: 'picture', ...inset, x, y }
  }
  if (mark.kind === 'rectangle') {
    return { kind: 'path', path: rectangle(mark), fill: mark.colour }
  }
  const { font, id, size, x, y } = mark
  if (id === 0) {
    const reach = (font.face.outline(0).right / font.face.unitsPerEm) * size.x
    const [width, height] = [reach > 0 ? reach : BAR_WIDTH * size.x, BAR_HEIGHT * size.y]
    return { kind: 'path', path: rectangle({ x, y: y - height, width, height }), fill: BAR }
  }
  const steps = pathOf(mark, AS_THEY_ARE).flatMap(({ letter, points }, index, pieces) => {
    const before = pieces[index - 1]?.points ?? []
    const closed: readonly PathStep[] = letter === 'M' && index > 0 ? [['Z']] : []
    return [...closed, toStep(letter, points, before)]
  })
  return { kind: 'path', path: { steps }, fill: mark.colour }
}

/** Where the handle of a cubic curve is, by that of a quadratic one. */
function third(from: number, handle: number): number {
  return from + ((handle - from) * 2) / 3
}

/** @param before - the points of the step before, which ends where this one begins */
function toStep(
  letter: 'M' | 'L' | 'Q' | 'C',
  points: readonly number[],
  before: readonly number[],
): PathStep {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = points
  if (letter === 'M' || letter === 'L') return [letter, a, b]
  if (letter === 'C') return ['C', a, b, c, d, e, f]
  const [x = 0, y = 0] = before.slice(-2)
  return ['C', third(x, a), third(y, b), third(c, a), third(d, b), c, d]
}
