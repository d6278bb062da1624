/** The colour of letters, each component and the alpha from 0 to 255. */
export interface LetterColour {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

/** A text of paragraphs, each of runs of letters that look alike. All lengths are in points unless told otherwise. */
export interface TextContent {
  readonly paragraphs: readonly Paragraph[]
  /** Where the paragraphs stand in the height of their box. */
  readonly vertical: 'top' | 'middle' | 'bottom'
  /** How many pixels an inch has, by which points become pixels. */
  readonly resolution: number
  /** Whether letters are made smaller until they fit into their box. */
  readonly fitted: boolean
  /** Where lines may break that are wider than the box: where a word is too long also within it, unless told. */
  readonly breaks?: 'anywhere' | 'between words' | 'never' | undefined
  /** Whether pixels at the edges of letters are mixed; they are unless told. */
  readonly smooth?: boolean | undefined
  /** By how much lines are turned clockwise, in degrees; their box is not turned. */
  readonly angle?: number | undefined
}

/** Where lines begin or end. */
export type Alignment = 'left' | 'centre' | 'right' | 'justify'

/** A part of a text whose lines stand alike. */
export interface Paragraph {
  readonly align: Alignment
  /** That of the last line where the others are justified; left unless told. */
  readonly lastAlign?: Alignment | undefined
  readonly runs: readonly TextRun[]
  /** From the edges of the box to the lines, and from there to the first of them. */
  readonly indent?:
    | { readonly left: number; readonly right: number; readonly first: number }
    | undefined
  readonly spaceBefore?: number | undefined
  readonly spaceAfter?: number | undefined
  /** From line to line; as the fonts have it unless told. */
  readonly lines?: LineSpacing | undefined
  /** What its first lines leave free at their ends besides, for what stands beside them. */
  readonly beside?:
    | { readonly lines: number; readonly left: number; readonly right: number }
    | undefined
  /** Where letters behind a tab stand, in rising order; behind the last, they begin every half inch. */
  readonly tabs?: readonly TabStop[] | undefined
  /** Whose letters come first where scripts of both directions meet; the first letter tells unless it is said. */
  readonly direction?: 'ltr' | 'rtl' | undefined
}

/** A place that letters behind a tab begin at, or what it is of them. */
export interface TabStop {
  /** From the left of the box. */
  readonly at: number
  /** Where the letters up to the next tab have it; at their left unless told. */
  readonly align?: 'left' | 'centre' | 'right' | undefined
  /** A letter that fills what the tab leaves empty. */
  readonly leader?: string | undefined
}

/** How far it is from line to line. */
export type LineSpacing =
  | { readonly by: 'least'; readonly points: number }
  | { readonly by: 'exactly'; readonly points: number }
  | { readonly by: 'factor'; readonly factor: number }

/** Letters that look alike. */
export interface TextRun {
  readonly text: string
  /** The name of a family; undefined for the one that is shipped. */
  readonly font: string | undefined
  readonly size: number
  readonly colour: LetterColour
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly position: 'baseline' | 'superscript' | 'subscript'
  /** How far above the baseline, without becoming smaller; negative for below. */
  readonly rise?: number | undefined
  readonly strike?: boolean | undefined
  /** Behind the letters, as high as the line. */
  readonly background?: LetterColour | undefined
  /** Whether pairs of letters are moved together as their font has it; they are unless told. */
  readonly kerning?: boolean | undefined
  /** What is added behind each letter; negative for less. */
  readonly spacing?: number | undefined
  /** By how much letters are wider and higher than their size says; 1 unless told. */
  readonly stretch?: { readonly x: number; readonly y: number } | undefined
  /** Whether letters run from right to left, whatever their script. */
  readonly reversed?: boolean | undefined
  /** What stands on the line in place of each letter of the run, such as a picture; who asks for it draws it. */
  readonly inset?: Inset | undefined
}

/** Something on a line that is not letters. */
export interface Inset {
  readonly name: string
  readonly width: number
  readonly height: number
  /** What of it is cut off at each side, in parts of it. */
  readonly crop?: InsetCrop | undefined
}

/** Parts of the four sides of something. */
export interface InsetCrop {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
