import type { ChosenFont } from '../fonts/font-book.ts'
import type { RuleMetrics } from '../fonts/font-face.ts'
import { inVisualOrder } from '../shaping/directions.ts'
import type { LetterLook } from '../shaping/letter-look.ts'
import type { Cluster } from '../shaping/shape-paragraph.ts'
import type { Alignment, Inset, LetterColour } from '../text-content.ts'
import type { BrokenLine } from './break-lines.ts'

/**
 * What is drawn of a text: a glyph on its baseline, a filled rectangle, or what stands in place of letters. In points from the
 * upper left of the text.
 */
export type Mark =
  | {
      readonly kind: 'glyph'
      readonly id: number
      /** The letters that it shows, which further glyphs of theirs do not have. */
      readonly letters: string
      readonly font: ChosenFont
      readonly size: LetterLook['size']
      readonly x: number
      readonly y: number
      readonly colour: LetterColour
    }
  | {
      readonly kind: 'rectangle'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly colour: LetterColour
    }
  | {
      readonly kind: 'inset'
      readonly inset: Inset
      readonly x: number
      readonly y: number
    }

/** Where a line is in its text, in points. */
export interface LinePlace {
  readonly left: number
  readonly width: number
  readonly align: Alignment
  readonly top: number
  readonly height: number
  readonly baseline: number
}

const SLACK = { left: 0, justify: 0, centre: 0.5, right: 1 }

/** Tells what is drawn of a line: backgrounds first, then letters and the lines below and through them. */
export function markLine(line: BrokenLine, place: LinePlace): readonly Mark[] {
  const { align, baseline } = place
  const slack = place.width - line.width
  const blanks = line.clusters.filter(({ kind }) => kind === 'blank').length
  const stretch = align === 'justify' && blanks > 0 ? Math.max(0, slack) / blanks : 0
  const behind: Mark[] = []
  const letters: Mark[] = []
  const rules: Mark[] = []
  let x = place.left + SLACK[align] * slack
  let start = x
  const clusters = inVisualOrder(line.clusters)
  for (const [index, cluster] of clusters.entries()) {
    const { look, font, glyphs, kind, text } = cluster
    const y = baseline - look.rise
    const { colour } = look.run
    for (const [number, { id, x: right, y: up }] of glyphs.entries()) {
      const at = { x: x + right, y: y - up }
      const shown = number === 0 ? text : ''
      letters.push({ kind: 'glyph', id, letters: shown, font, size: look.size, ...at, colour })
    }
    const { inset } = look.run
    if (inset && kind === 'letters') {
      letters.push({ kind: 'inset', inset, x, y: y - inset.height })
    }
    x += cluster.width + (kind === 'blank' ? stretch : 0)
    if (clusters[index + 1]?.look === look) continue
    const span = { x: start, width: x - start }
    const { background } = look.run
    if (background) {
      const { top, height } = place
      behind.push({ kind: 'rectangle', ...span, y: top, height, colour: background })
    }
    for (const rule of rulesOf(cluster)) {
      const thick = rule.thick * look.size.y
      const top = y - rule.middle * look.size.y - thick / 2
      rules.push({ kind: 'rectangle', ...span, y: top, height: thick, colour })
    }
    start = x
  }
  return [...behind, ...letters, ...rules]
}

function rulesOf({ look, font }: Cluster): readonly RuleMetrics[] {
  return [
    ...(look.run.underline ? [font.face.underline] : []),
    ...(look.run.strike ? [font.face.strike] : []),
  ]
}
