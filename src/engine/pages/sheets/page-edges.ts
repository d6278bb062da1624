import type { Alignment } from '../../typesetting/text-content.ts'
import { moved } from '../drawing/moved.ts'
import type { PageMark } from '../drawing/page.ts'
import { type CellFont, USUAL_FONT } from './cell-look.ts'
import type { CellTexts } from './cell-texts.ts'
import type { PageCut } from './page-cuts.ts'
import type { PrintSetup } from './print-setup.ts'

/** What the texts above and below the cells of a page may name. */
export interface PageNumbers {
  readonly sheet: string
  readonly page: number
  readonly pages: number
}

/** As long a text above or below cells is. */
const LONGEST = 2000

const SECTIONS: Readonly<Record<string, Alignment>> = { L: 'left', C: 'centre', R: 'right' }

/** Draws what is above and below the cells of a page. */
export function drawPageEdges(
  { header, footer, margins, fromEdge }: PrintSetup,
  { paper }: PageCut,
  numbers: PageNumbers,
  { texts, font }: { readonly texts: CellTexts; readonly font: CellFont },
): readonly PageMark[] {
  const width = paper.width - margins.left - margins.right
  const small = { ...USUAL_FONT, family: font.family, size: 10 }
  const draw = (text: string, isBelow: boolean): readonly PageMark[] =>
    readSections(text.slice(0, LONGEST), numbers).map(({ align, text: section }) => {
      const set = texts.set([{ text: section }], small, { width, align })
      const top = isBelow ? paper.height - fromEdge.bottom - set.height : fromEdge.top
      return moved(
        set.lines.flatMap(({ marks }) => marks),
        margins.left,
        top,
      )
    })
  return [...draw(header, false), ...draw(footer, true)]
}

/** Reads what stands at the left, in the middle and at the right (ECMA-376, part 1, 18.3.1.46). */
export function readSections(
  text: string,
  { sheet, page, pages }: PageNumbers,
): readonly { readonly align: Alignment; readonly text: string }[] {
  const sections = new Map<Alignment, string>()
  let align: Alignment = 'centre'
  const add = (piece: string): void => void sections.set(align, (sections.get(align) ?? '') + piece)
  for (const [piece] of text.matchAll(/&"[^"]*"|&K[\da-f]{6}|&\d+|&[\s\S]|[^&]+|&/gi)) {
    const code = piece.startsWith('&') ? piece.slice(1) : ''
    const section = SECTIONS[code.toUpperCase()]
    if (section) align = section
    else if (code === '&') add('&')
    else if (code === 'P') add(String(page))
    else if (code === 'N') add(String(pages))
    else if (code === 'A') add(sheet)
    // The others tell of fonts, of pictures, and of when and from where it is printed, which is not known.
    else if (!piece.startsWith('&')) add(piece)
  }
  return Array.from(sections, ([at, written]) => ({ align: at, text: written.trim() })).filter(
    (each) => each.text !== '',
  )
}
