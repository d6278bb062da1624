import type { Package } from '../../../packages/package.ts'
import type { Page } from '../drawing/page.ts'
import type { PageTools } from '../page-tools.ts'
import { openDeck } from './deck.ts'
import { drawSlide } from './draw-slide.ts'

/**
 * Lays out the slides of a presentation, a page each. Slides that are hidden have none, unless all are. Pictures are called by
 * the names of their parts.
 *
 * @param main - the name of its main part
 * @throws {@link OperationError} when it is damaged, or has more of something than is read
 */
export async function layOutPptx(
  parts: Package,
  main: string,
  { fonts, count }: PageTools,
): Promise<readonly Page[]> {
  const deck = await openDeck(parts, main)
  const pages: Page[] = []
  const hidden: (() => Promise<Page>)[] = []
  for (const [index, part] of deck.slides.entries()) {
    if (pages.length >= count) break
    const slide = await deck.openSlide(part)
    if (slide === undefined) continue
    const draw = (): Promise<Page> =>
      drawSlide(slide, { deck, fonts, slideNumber: deck.firstNumber + index })
    if (slide.isHidden) hidden.push(draw)
    else pages.push(await draw())
  }
  if (pages.length > 0) return pages
  return Promise.all(hidden.slice(0, count).map((draw) => draw()))
}
