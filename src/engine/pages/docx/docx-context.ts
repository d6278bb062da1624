import type { Relationship } from '../../../packages/opc.ts'
import type { Fields } from '../../text/fields.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'
import type { Element } from '../element.ts'
import type { FlowBlock } from '../flow/blocks.ts'
import type { Numbering } from './numbering.ts'
import type { ThemeFonts } from './run-look.ts'
import type { StyleLook, Styles } from './styles.ts'

/** What a part of a document is read with. */
export interface DocxContext {
  readonly styles: Styles
  readonly numbering: Numbering
  readonly theme: ThemeFonts
  /** The relationships of this part, by their ids. */
  readonly links: PartLinks
  /** Takes something that is drawn later, and tells what stands for it as the name of a picture. */
  readonly addGraphic: (graphic: Graphic) => string
  /** The fields of the part that is being read. */
  readonly fields: Fields
  /** Whether it is a header or a footer, in which the number of the page is its own. */
  readonly isMargin: boolean
  /** Finds a note by its id; each one that is found is counted. */
  readonly findNote: (kind: NoteKind, id: string) => FoundNote | undefined
  /** The label of the note that is being read. */
  readonly noteLabel: string
  /** How many tables and boxes what is read is in. */
  readonly level: number
  /** What the style of the table says that it is in. */
  readonly table: StyleLook | undefined
  /** The colour behind it. */
  readonly ground: LetterColour | undefined
  /** What files that are imported say, by the ids of their relationships. */
  readonly chunks: ReadonlyMap<string, readonly FlowBlock[]>
}

/** The relationships of a part, by their ids. */
export type PartLinks = ReadonlyMap<string, Relationship>

/** A chart, a diagram or a shape. */
export interface Graphic {
  /** As a slide has it. */
  readonly element: Element
  /** The relationships of the part that it is in. */
  readonly links: PartLinks
}

/** Notes at the foot of the page, or at the end of the document. */
export type NoteKind = 'footnote' | 'endnote'

/** A note that is referred to. */
export interface FoundNote {
  readonly label: string
  readonly element: Element
  /** What it is read with. */
  readonly context: DocxContext
}

/** Reads blocks, whatever elements they are in. */
export type ReadBlocks = (
  elements: readonly Element[],
  context: DocxContext,
) => readonly FlowBlock[]
