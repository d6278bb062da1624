import { moved } from '../../drawing/moved.ts'
import type { PageMark } from '../../drawing/page.ts'
import type { Box } from '../../drawing/shapes.ts'
import { childOf, descendantsOf, type Element } from '../../element.ts'
import { type SetParagraphs, setParagraphs } from '../../paragraphs/set-paragraphs.ts'
import type { DrawnPart } from '../deck.ts'
import type { DrawingTools } from '../drawing-tools.ts'
import { makeElement } from '../make-element.ts'
import { type Letters, readLetters } from '../text/letters.ts'

/** Where a text stands in its box. */
export interface TextPlace {
  readonly align: 'left' | 'centre' | 'right'
  readonly anchor: 'top' | 'middle' | 'bottom'
}

/** Writes texts of a chart that look alike. */
export interface ChartText {
  /** Of letters, in points. */
  readonly size: number
  readonly write: (text: string, box: Box, place: TextPlace) => PageMark[]
  /** How wide the longest line of a text is that is not broken. */
  readonly widthOf: (text: string) => number
  readonly heightOf: (text: string, width: number) => number
  /** What writes as a part of the chart says, such as an axis. */
  readonly as: (part: Element | undefined) => ChartText
}

const LONGEST = 500

/** Of letters, in points, where nobody says. */
const USUAL_SIZE = '1000'

/** Makes what writes the texts of a chart, as it says for all of them. */
export function createChartText(tools: DrawingTools, part: DrawnPart): ChartText {
  const usual = makeElement('defRPr', { sz: USUAL_SIZE })
  const ofChart = lettersOf(childOf(part.root, 'txPr'))
  return textOf({ tools, part }, [...ofChart, usual])
}

/** What says how letters look, within properties of text or within a title. */
function lettersOf(element: Element | undefined): Element[] {
  if (element === undefined) return []
  return ['rPr', 'defRPr'].flatMap((name) => Array.from(descendantsOf(element, name)).slice(0, 1))
}

function textOf(
  context: { readonly tools: DrawingTools; readonly part: DrawnPart },
  sources: readonly Element[],
): ChartText {
  const { tools, part } = context
  const { capitals: _, ...letters }: Letters = readLetters(sources, {
    context: part,
    theme: tools.theme,
    scale: 1,
  })
  const set = (
    text: string,
    width: number | undefined,
    align: TextPlace['align'],
  ): SetParagraphs => {
    const lines = text.slice(0, LONGEST).split('\n')
    const paragraphs = lines.map((line) => ({ align, runs: [{ text: line, ...letters }] }))
    return setParagraphs(paragraphs, { width, fonts: tools.fonts })
  }
  return {
    size: letters.size,
    write(text, box, { align, anchor }) {
      if (text.trim() === '') return []
      const { lines, height } = set(text, box.width, align)
      const room = box.height - height
      const down = anchor === 'top' ? 0 : anchor === 'middle' ? room / 2 : room
      const marks = lines.flatMap((line) => line.marks)
      return [moved(marks, box.x, box.y + down)]
    },
    widthOf: (text) => set(text, undefined, 'left').widest,
    heightOf: (text, width) => set(text, width, 'left').height,
    as: (element) => {
      const own = lettersOf(childOf(element, 'txPr') ?? childOf(element, 'tx'))
      return own.length === 0 ? textOf(context, sources) : textOf(context, [...own, ...sources])
    },
  }
}
