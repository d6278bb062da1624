import type { Mark } from '../layout/mark-line.ts'

/** The box that all letters are in, in points of the text; undefined where there are none to be seen. */
export interface Ink {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** How far letters lean that their font has upright only, in parts of their height. */
export const LEAN = 0.2

/** By how much letters are wider that their font does not have bold, in parts of their size. */
export const EMBOLDENED = 0.03

/** Finds how far letters reach, some of which lean out of their place. */
export function inkOf(marks: readonly Mark[]): Ink | undefined {
  let ink: Ink | undefined
  for (const mark of marks) {
    if (mark.kind !== 'glyph') continue
    const { font, id, size, x, y } = mark
    const { pieces, left, right, top, bottom } = font.face.outline(id)
    if (pieces.length === 0) continue
    const unit = { x: size.x / font.face.unitsPerEm, y: size.y / font.face.unitsPerEm }
    const lean = font.slanted ? LEAN * unit.x : 0
    const wider = font.emboldened ? EMBOLDENED * size.x : 0
    ink = {
      left: Math.min(ink?.left ?? Infinity, x + left * unit.x + bottom * lean),
      right: Math.max(ink?.right ?? -Infinity, x + right * unit.x + top * lean + wider),
      top: Math.min(ink?.top ?? Infinity, y - top * unit.y),
      bottom: Math.max(ink?.bottom ?? -Infinity, y - bottom * unit.y),
    }
  }
  return ink
}
