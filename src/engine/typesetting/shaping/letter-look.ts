import type { TextRun } from '../text-content.ts'

/** How large what is raised or lowered is, and how far it is moved, in parts of the size of its run; as in Photoshop. */
const SMALLER = 0.583
const RAISED = 0.333

/** How letters look that stand together. Lengths are in points. */
export interface LetterLook {
  readonly run: TextRun
  /** From one letter to the next, and upwards. */
  readonly size: { readonly x: number; readonly y: number }
  /** Above the baseline; negative for below. */
  readonly rise: number
}

/** How the letters of a run look. */
export function lookOf(run: TextRun): LetterLook {
  const { position, rise = 0, stretch = { x: 1, y: 1 } } = run
  const size = position === 'baseline' ? run.size : run.size * SMALLER
  const moved = { baseline: 0, superscript: RAISED, subscript: -RAISED }[position] * run.size
  return { run, size: { x: size * stretch.x, y: size * stretch.y }, rise: rise + moved }
}
