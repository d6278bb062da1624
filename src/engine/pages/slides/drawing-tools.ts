import { childOf, type Element } from '../element.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import type { DrawingSource, DrawnPart, SlideParts } from './deck.ts'
import { type LevelStyle, listStyle } from './text/text-style.ts'
import type { Theme } from './theme.ts'

/** What the shapes of a part are drawn with. */
export interface DrawingTools {
  readonly deck: DrawingSource
  readonly fonts: PageFonts
  /** The part that they are in. */
  readonly part: DrawnPart
  /** What its placeholders are made after. */
  readonly layout: DrawnPart | undefined
  readonly master: DrawnPart | undefined
  readonly theme: Theme
  /** The number of the slide. */
  readonly slideNumber: number
}

/** How texts look of which a master says more, by what they are for. */
export function masterStyle({ master }: Pick<SlideParts, 'master'>, name: string): LevelStyle {
  const styles: Element | undefined = childOf(master?.root, 'txStyles')
  return listStyle(childOf(styles, name))
}
