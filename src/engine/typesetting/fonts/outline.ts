/** A piece of an outline: where it goes, by which points; in units of the font, upwards from the baseline. */
export interface OutlinePiece {
  readonly letter: 'M' | 'L' | 'Q' | 'C'
  readonly points: readonly number[]
}

/** The outline of a glyph, and the box that its points are in; a glyph without any has an empty box at its origin. */
export interface Outline {
  readonly pieces: readonly OutlinePiece[]
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const PIECE = /([MLQC])([^MLQCZ]*)/g

/** Reads an outline that HarfBuzz has written as SVG has them; each part of it begins with M and is closed. */
export function readOutline(path: string): Outline {
  const pieces = [...path.matchAll(PIECE)].map(([, letter, numbers = '']) => ({
    letter: letter === 'M' || letter === 'L' || letter === 'Q' ? letter : 'C',
    points: numbers.split(/[ ,]/).map(Number),
  })) satisfies readonly OutlinePiece[]
  if (pieces.length === 0) return { pieces, left: 0, right: 0, top: 0, bottom: 0 }
  const box = { left: Infinity, right: -Infinity, top: -Infinity, bottom: Infinity }
  for (const { points } of pieces) {
    for (let at = 0; at < points.length; at += 2) {
      box.left = Math.min(box.left, points[at] ?? 0)
      box.right = Math.max(box.right, points[at] ?? 0)
      box.top = Math.max(box.top, points[at + 1] ?? 0)
      box.bottom = Math.min(box.bottom, points[at + 1] ?? 0)
    }
  }
  return { pieces, ...box }
}
