import { type Block, plainText } from '../../markup/rich-text.ts'
import type { Page } from '../drawing/page.ts'
import type { FlowMargin, FlowSection } from '../flow/blocks.ts'
import { layPages } from '../flow/lay-pages.ts'
import type { PageTools } from '../page-tools.ts'
import { toFlowBlocks } from './rich-blocks.ts'

/** Ten inches by seven and a half, in points. */
const SLIDE = { width: 720, height: 540 }
const MARGIN = 48

/** Sizes of letters, in points; the first in which a slide is one page is taken. */
const SIZES = [24, 20, 16, 12, 9]

/** The level of headings that slides begin with. */
const SLIDE_LEVEL = 2

/** What slides are called that have no title. */
const NUMBERED = /^Slide \d+$/

const NOTHING: FlowMargin = { distance: 0, blocksOf: () => [] }

/**
 * Lays out the text of a presentation of which no more is known: a page a slide, with its title above, in letters as large as fit.
 */
export function layOutOutline(blocks: readonly Block[], tools: PageTools): readonly Page[] {
  return splitSlides(blocks)
    .slice(0, tools.count)
    .flatMap((slide) => layOutSlide(slide, tools).slice(0, 1))
}

function splitSlides(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const slides: Block[][] = []
  for (const block of blocks) {
    if (slides.length === 0 || (block.kind === 'heading' && block.level === SLIDE_LEVEL)) {
      slides.push([block])
    } else slides.at(-1)?.push(block)
  }
  return slides.map(withTitle)
}

/** What is first on a slide is its title, unless it has another. */
function withTitle(slide: readonly Block[]): readonly Block[] {
  const [first, second, ...others] = slide
  if (first?.kind !== 'heading') return slide
  if (NUMBERED.test(plainText(first.content)) && second !== undefined) {
    return second.kind === 'paragraph'
      ? [{ ...second, kind: 'heading', level: 1 }, ...others]
      : [second, ...others]
  }
  return [{ ...first, level: 1 }, ...slide.slice(1)]
}

function layOutSlide(blocks: readonly Block[], { fonts }: PageTools): readonly Page[] {
  let pages: readonly Page[] = []
  for (const size of SIZES) {
    pages = layPages([sectionOf(blocks, size)], { fonts, count: 2 })
    if (pages.length < 2) break
  }
  return pages
}

function sectionOf(blocks: readonly Block[], size: number): FlowSection {
  return {
    ...SLIDE,
    margins: { left: MARGIN, top: MARGIN, right: MARGIN, bottom: MARGIN },
    columns: [{ left: 0, width: SLIDE.width - 2 * MARGIN }],
    isContinuous: false,
    blocks: toFlowBlocks(blocks, size),
    header: NOTHING,
    footer: NOTHING,
    firstNumber: undefined,
  }
}
