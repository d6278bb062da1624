/** Red, green and blue as a number with red in the lowest byte, as COLORREF has them ([MS-WMF], 2.2.2.8). */
export type ColourRef = number

/** What lines are drawn with. */
export interface Pen {
  readonly kind: 'pen'
  /** [MS-WMF], 2.1.1.23: the kind of line, how it ends and how it is joined. */
  readonly style: number
  /** In logical units; 0 for the thinnest there is. */
  readonly width: number
  readonly colour: ColourRef
  /** Lengths of dashes and gaps, where the style is one's own. */
  readonly dashes: readonly number[]
}

/** A picture that is laid side by side, as a PNG or another file. */
export interface Tile {
  readonly width: number
  readonly height: number
  readonly url: string
}

/** What areas are filled with. */
export interface Brush {
  readonly kind: 'brush'
  readonly fill: 'solid' | 'none' | 'hatched' | 'tiled'
  readonly colour: ColourRef
  /** The number of a pattern of lines ([MS-WMF], 2.1.1.12). */
  readonly hatch: number
  readonly tile: Tile | undefined
}

/** What letters are drawn with. */
export interface Font {
  readonly kind: 'font'
  /** In logical units: that of letters when it is negative, else that of lines; 0 for what is usual. */
  readonly height: number
  /** How much the line rises, in tenths of a degree. */
  readonly escapement: number
  readonly weight: number
  readonly isItalic: boolean
  readonly isUnderlined: boolean
  readonly isStruckOut: boolean
  readonly charset: number
  readonly face: string
}

/** What takes a place among the objects and is nothing to draw with, such as a palette. */
export interface OtherTool {
  readonly kind: 'other'
}

/** An object that records create and select. */
export type Tool = Pen | Brush | Font | OtherTool

export const OTHER: OtherTool = { kind: 'other' }

/** The style of a pen that draws nothing. */
export const NO_LINE = 5

export const BLACK_PEN: Pen = { kind: 'pen', style: 0, width: 0, colour: 0, dashes: [] }

export const WHITE_BRUSH: Brush = solidBrush(0xff_ffff)

export const USUAL_FONT: Font = {
  kind: 'font',
  height: 0,
  escapement: 0,
  weight: 400,
  isItalic: false,
  isUnderlined: false,
  isStruckOut: false,
  charset: 0,
  face: '',
}

/** A brush of one colour. */
export function solidBrush(colour: ColourRef): Brush {
  return { kind: 'brush', fill: 'solid', colour, hatch: 0, tile: undefined }
}

/** A brush that lays a picture side by side; without one it draws nothing. */
export function tiledBrush(tile: Tile | undefined): Brush {
  const fill = tile === undefined ? 'none' : 'tiled'
  return { kind: 'brush', fill, colour: 0, hatch: 0, tile }
}

/** A brush by its number among the styles ([MS-WMF], 2.1.1.4), of those that are no picture. */
export function plainBrush(style: number, colour: ColourRef, hatch: number): Brush {
  const fill = style === 0 ? 'solid' : style === 2 ? 'hatched' : 'none'
  return { kind: 'brush', fill, colour, hatch, tile: undefined }
}
