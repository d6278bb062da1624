import type { Scheme } from './colours.ts'
import type { ShapeProperties } from './shape-properties.ts'
import type { PptLook } from './text-styles.ts'

/** Styles of texts by their kinds: 0 titles, 1 bodies, 4 others, and those that are based on these. */
export type TextStyles = ReadonlyMap<number, readonly PptLook[]>

/** A text with what is said of it. */
export interface PptText {
  readonly kind: number
  readonly text: string
  readonly style: Buffer | undefined
  readonly ruler: Buffer | undefined
  /** What characters stand for, by their places. */
  readonly standIns: ReadonlyMap<number, StandIn>
}

/** What a character of a text may stand for. */
export type StandIn = 'number' | 'date' | 'header' | 'footer'

/** What shapes of a slide or a master are written with. */
export interface PptContext {
  readonly scheme: Scheme
  /** Names of fonts by their numbers. */
  readonly fonts: readonly string[]
  readonly styles: TextStyles
  /** Texts that shapes refer to by their numbers. */
  readonly outline: readonly PptText[]
  /** The id of the link to a picture. */
  readonly pictureLink: (number: number) => string | undefined
  /** What shapes say where they say nothing themselves: the usual, and those of the master by their numbers. */
  readonly usual: ShapeProperties | undefined
  readonly ofMaster: ReadonlyMap<number, ShapeProperties>
  /** What stands where a slide has its footer and its date. */
  readonly declared: Readonly<Partial<Record<StandIn, string>>>
}
