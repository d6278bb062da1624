import type { Page, PageMark } from '../drawing/page.ts'
import { rectangle } from '../drawing/shapes.ts'
import { childOf, descend } from '../element.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import { WHITE } from './colours/colour.ts'
import { findColour } from './colours/read-colour.ts'
import type { Deck, DrawnPart, SlideParts } from './deck.ts'
import type { DrawingTools } from './drawing-tools.ts'
import { flagOf } from './drawing-values.ts'
import { type Fill, findFill } from './fills.ts'
import { PAGE_FRAME } from './frames.ts'
import { paintFill } from './paint.ts'
import { themeFill } from './shape-look.ts'
import { drawShapes } from './shapes.ts'
import type { Theme } from './theme.ts'

const WHITE_FILL: Fill = { kind: 'colour', colour: WHITE }

/**
 * Draws a slide as a page: its background, what its master and its layout show on all slides, and its own shapes.
 *
 * @param slideNumber - what it is numbered
 */
export async function drawSlide(
  parts: SlideParts,
  {
    deck,
    fonts,
    slideNumber,
  }: { readonly deck: Deck; readonly fonts: PageFonts; readonly slideNumber: number },
): Promise<Page> {
  const { slide, layout, master, theme } = parts
  const { width, height } = deck
  const page = { width, height }
  const draw = (part: DrawnPart, withPlaceholders: boolean): Promise<PageMark[]> => {
    const tools: DrawingTools = { deck, fonts, part, layout, master, theme, slideNumber }
    const tree = descend(part.root, 'cSld', 'spTree')
    return drawShapes(tree, { tools, frame: PAGE_FRAME, withPlaceholders })
  }
  const showsModels = flagOf(slide.root, 'showMasterSp') ?? true
  const showsMaster = showsModels && (flagOf(layout?.root, 'showMasterSp') ?? true)
  return {
    ...page,
    marks: [
      ...paintFill(rectangle({ x: 0, y: 0, ...page }), backgroundOf(parts), page),
      ...(master !== undefined && showsMaster ? await draw(master, false) : []),
      ...(layout !== undefined && showsModels ? await draw(layout, false) : []),
      ...(await draw(slide, true)),
    ],
  }
}

function backgroundOf({ slide, layout, master, theme }: SlideParts): Fill {
  for (const part of [slide, layout, master]) {
    const fill = part && ownBackground(part, theme)
    if (fill !== undefined) return fill
  }
  return WHITE_FILL
}

function ownBackground(part: DrawnPart, theme: Theme): Fill | undefined {
  const background = descend(part.root, 'cSld', 'bg')
  const own = findFill(childOf(background, 'bgPr'), part)
  if (own !== undefined) return own
  const reference = childOf(background, 'bgRef')
  const styled = themeFill(reference, { context: part, theme })
  if (styled !== undefined) return styled
  const colour = findColour(reference, part.palette)
  return colour && { kind: 'colour', colour }
}
