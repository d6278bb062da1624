import type { Element } from '../../element.ts'
import type { DrawingContext } from '../drawing/fill.ts'
import type { Lists } from './lists.ts'

/** What a part of a text document is written with. */
export interface OdtContext extends DrawingContext {
  readonly lists: Lists
  /** Takes a note, and tells by which id it is referred to; undefined within notes. */
  readonly addNote: (kind: 'footnote' | 'endnote', note: Element) => string | undefined
  /** How wide the text of the page is, in points. */
  readonly room: number
  /** How many boxes and tables what is written is in. */
  readonly level: number
}

/** Writes blocks, whatever they are in. */
export type WriteBlocks = (elements: readonly Element[], context: OdtContext) => readonly Element[]

/** Boxes and tables within each other that are written. */
export const MOST_LEVELS = 8
