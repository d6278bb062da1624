import type { LetterColour } from '../../typesetting/text-content.ts'

/** A page, and what is drawn on it, one over the other. Lengths are in points, from its upper left, downwards. */
export interface Page {
  readonly width: number
  readonly height: number
  readonly marks: readonly PageMark[]
}

/** What is drawn on a page. */
export type PageMark = PathMark | TextMark | PictureMark | GroupMark

/** A shape that is filled, has a line around it, or both. */
export interface PathMark {
  readonly kind: 'path'
  readonly path: Path
  readonly fill?: Fill | undefined
  readonly stroke?: Stroke | undefined
}

/** Glyphs of one font that look alike; made by `toPageMarks` of texts that are set. */
export interface TextMark {
  readonly kind: 'text'
  /** The path of the font, which has TrueType outlines. */
  readonly font: string
  /** How wide and how high letters are, which is the same unless they are stretched. */
  readonly size: { readonly x: number; readonly y: number }
  readonly colour: LetterColour
  /** Whether letters lean or are bold that the font has upright or regular only. */
  readonly slanted: boolean
  readonly emboldened: boolean
  readonly glyphs: readonly PlacedGlyph[]
}

/** A glyph of a font, with the left end of its baseline. */
export interface PlacedGlyph {
  readonly id: number
  readonly x: number
  readonly y: number
  /** What it stands for in a text. */
  readonly letters: string
}

/** A picture that fills a rectangle. */
export interface PictureMark {
  readonly kind: 'picture'
  /** By which the picture is known among those of its pages, such as the name of its part. */
  readonly name: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** What is cut off at each side, in parts of the picture; negative for room around it. */
  readonly crop?: Sides | undefined
  /** How much of it covers what is below, from 0 to 1; all unless told. */
  readonly opacity?: number | undefined
}

/** Marks that are moved, turned or cut off together. */
export interface GroupMark {
  readonly kind: 'group'
  readonly marks: readonly PageMark[]
  /** From their points to those around the group; where they are unless told. */
  readonly matrix?: Matrix | undefined
  /** What is not within it is not seen, in points of the marks. */
  readonly clip?: Path | undefined
}

/** Numbers for the four sides of a box. */
export interface Sides {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Takes points from one place to another: [a, b, c, d, e, f] as of SVG. */
export type Matrix = readonly [number, number, number, number, number, number]

/** Lines and curves, one after the other; what is filled of one part after the other is told by `evenOdd`. */
export interface Path {
  readonly steps: readonly PathStep[]
  /** Whether what is inside twice is outside; it is inside unless told. */
  readonly evenOdd?: boolean | undefined
}

/** A step of a path: its letter as of SVG, and its points as x and y in turn. */
export type PathStep =
  | readonly ['M', number, number]
  | readonly ['L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']

/** One colour, or colours from one point to another. */
export type Fill = LetterColour | Gradient

/** Colours that become each other along a line, or from a point to a circle around it. */
export interface Gradient {
  readonly kind: 'linear' | 'radial'
  /** Where the first colour is, and the last; of a radial one the latter is a point of its circle. */
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
  /** At least one, in rising order of their place, from 0 to 1; that of the first tells how much all cover. */
  readonly stops: readonly { readonly at: number; readonly colour: LetterColour }[]
}

/** A line along a path. */
export interface Stroke {
  readonly colour: LetterColour
  /** As thin as can be drawn where it is 0. */
  readonly width: number
  /** Lengths that are drawn and left out in turn. */
  readonly dash?: readonly number[] | undefined
  readonly cap?: 'butt' | 'round' | 'square' | undefined
  readonly join?: 'miter' | 'round' | 'bevel' | undefined
}
