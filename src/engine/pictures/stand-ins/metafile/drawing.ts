import { OperationError } from '../../../../base/operation-error.ts'
import { escapeXml } from '../../../../base/xml.ts'
import type { Box } from './arc.ts'
import { type Bitmap, type BitmapPart, toDataUrl } from './bitmap.ts'
import { compose, type Matrix, type Point } from './matrix.ts'
import { mapOutline, rectangle, type Segment } from './outline.ts'
import { deviceMatrix, lengthOnDevice, type State, toDevice } from './state.ts'
import { type Brush, type ColourRef, NO_LINE, type Pen } from './tools.ts'

/** The longest SVG that is written, in characters: more than any drawing, and little for whoever draws it. */
const MOST_CHARACTERS = 48_000_000

/** A line of text, and where it is. */
export interface Line {
  readonly text: string
  readonly at: Point
  /** How far it is from the beginning of each letter to the next, in logical units; none when nobody says so. */
  readonly advances: readonly number[]
}

/** How a bitmap is combined with what is behind it ([MS-WMF], 2.1.1.31), of those that matter. */
export const RASTER_OPERATIONS = {
  copy: 0x00cc_0020,
  and: 0x0088_00c6,
  or: 0x00ee_0086,
  brush: 0x00f0_0021,
  black: 0x0000_0042,
  white: 0x00ff_0062,
} as const

/** How a picture is laid on what is there. */
export interface Laying {
  readonly operation: number
  /** From 0 to 1. */
  readonly opacity: number
}

/** An SVG that is being written. All outlines are in units of the device. */
export interface Drawing {
  readonly shape: (
    state: State,
    outline: readonly Segment[],
    parts: { fill?: boolean; line?: boolean },
  ) => void
  readonly text: (state: State, line: Line) => void
  /** @param box - in logical units */
  readonly picture: (
    state: State,
    bitmap: Bitmap,
    place: { readonly part: BitmapPart; readonly box: Box },
    laying: Laying,
  ) => void
  readonly gradient: (
    state: State,
    box: Box,
    colours: { readonly from: ColourRef; readonly to: ColourRef; readonly isVertical: boolean },
  ) => void
  /** Has everything that is drawn with a state be within an outline from now on, and within what it is already within. */
  readonly clip: (state: State, outline: readonly Segment[], isWinding?: boolean) => void
  /** What is drawn, in units of the device; undefined when nothing is. */
  readonly bounds: () => Box | undefined
  /**
   * All of it.
   *
   * @param size - width and height in pixels of 96 an inch
   * @param toSize - how units of the device become those
   */
  readonly finish: (
    size: { readonly width: number; readonly height: number },
    toSize: Matrix,
  ) => string
}

/** Starts to draw. */
export function createDrawing(): Drawing {
  const definitions: string[] = []
  const elements: string[] = []
  let characters = 0
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  let names = 0

  function count(written: string): string {
    characters += written.length
    if (characters > MOST_CHARACTERS) {
      const fields = { most: MOST_CHARACTERS / 1_000_000, of: 'million letters once it is an SVG' }
      throw new OperationError('source_exceeds_limit', fields)
    }
    return written
  }

  function define(written: (name: string) => string): string {
    names += 1
    const name = `d${names}`
    definitions.push(count(written(name)))
    return name
  }

  function add(state: State, element: string): void {
    // What is drawn may have a place of its own, which must not move what it is cut by.
    elements.push(
      count(
        state.clip === undefined ? element : `<g clip-path="url(#${state.clip})">${element}</g>`,
      ),
    )
  }

  function see({ x, y }: Point): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }

  function fillOf(state: State, brush: Brush): string {
    const { fill, tile } = brush
    if (fill === 'solid') return colourOf(brush.colour)
    if (fill === 'hatched') return `url(#${define((name) => hatching(name, brush, state))})`
    if (fill === 'none' || tile === undefined) return 'none'
    const image = `<image width="${tile.width}" height="${tile.height}" href="${tile.url}"/>`
    return `url(#${define((name) => pattern(name, tile, image))})`
  }

  return {
    shape(state, outline, { fill = false, line = false }) {
      if (state.rasterOperation === NOTHING) return
      const paint = fill ? fillOf(state, state.brush) : 'none'
      const stroke = line ? strokeOf(state) : ''
      if (paint === 'none' && stroke === '') return
      for (const segment of outline) if (segment.step !== 'Z') segment.points.forEach(see)
      const rule = state.fillsWinding || !fill ? '' : ' fill-rule="evenodd"'
      add(state, `<path d="${toPath(outline)}" fill="${paint}"${rule}${stroke}/>`)
    },
    text(state, line) {
      for (const word of wordsOf(line)) {
        const written = textElement(state, word)
        see(toDevice(state, word.at))
        add(state, written)
      }
    },
    picture(state, bitmap, { part, box }, { operation, opacity }) {
      const url = toDataUrl(bitmap, part)
      if (url === undefined) return
      const outline = mapOutline(rectangle(box), (point) => toDevice(state, point))
      for (const segment of outline) if (segment.step !== 'Z') segment.points.forEach(see)
      // A unit square is drawn, so that whatever is mirrored or turned is so by its matrix.
      const unit: Matrix = {
        a: box.right - box.left,
        b: 0,
        c: 0,
        d: box.bottom - box.top,
        e: box.left,
        f: box.top,
      }
      const mode =
        operation === RASTER_OPERATIONS.and
          ? ' style="mix-blend-mode:multiply"'
          : operation === RASTER_OPERATIONS.or
            ? ' style="mix-blend-mode:screen"'
            : ''
      const seen = opacity < 1 ? ` opacity="${number(opacity)}"` : ''
      const place = matrixOf(compose(unit, deviceMatrix(state)))
      add(
        state,
        `<image width="1" height="1" preserveAspectRatio="none" transform="${place}"${seen}${mode} href="${url}"/>`,
      )
    },
    gradient(state, box, { from, to, isVertical }) {
      const name = define(
        (id) =>
          `<linearGradient id="${id}" x2="${isVertical ? 0 : 1}" y2="${isVertical ? 1 : 0}"><stop stop-color="${colourOf(from)}"/><stop offset="1" stop-color="${colourOf(to)}"/></linearGradient>`,
      )
      const outline = mapOutline(rectangle(box), (point) => toDevice(state, point))
      for (const segment of outline) if (segment.step !== 'Z') segment.points.forEach(see)
      add(state, `<path d="${toPath(outline)}" fill="url(#${name})"/>`)
    },
    clip(state, outline, isWinding = false) {
      const within = state.clip === undefined ? '' : ` clip-path="url(#${state.clip})"`
      const rule = isWinding ? '' : ' clip-rule="evenodd"'
      state.clip = define(
        (name) =>
          `<clipPath id="${name}"${within}><path d="${toPath(outline)}"${rule}/></clipPath>`,
      )
    },
    bounds: () => (left > right ? undefined : { left, top, right, bottom }),
    finish({ width, height }, toSize) {
      const [w, h] = [number(width), number(height)]
      return [
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}">`,
        `<defs>${definitions.join('')}</defs>`,
        `<g transform="${matrixOf(toSize)}">`,
        elements.join('\n'),
        '</g></svg>',
      ].join('\n')
    },
  }
}

function toPath(outline: readonly Segment[]): string {
  return outline
    .map((segment) => {
      if (segment.step === 'Z') return 'Z'
      return segment.step + segment.points.map(({ x, y }) => `${number(x)} ${number(y)}`).join(' ')
    })
    .join('')
}

/** A raster operation that leaves everything as it is ([MS-WMF], 2.1.1.2). */
const NOTHING = 11

function number(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toFixed(4))) : '0'
}

function matrixOf({ a, b, c, d, e, f }: Matrix): string {
  return `matrix(${[a, b, c, d, e, f].map((each) => (Number.isFinite(each) ? Number(each.toPrecision(9)) : 0)).join(' ')})`
}

function colourOf(colour: ColourRef): string {
  const [red, green, blue] = [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255]
  return `rgb(${red},${green},${blue})`
}

/** Dashes and gaps of the styles of pens, as multiples of their width. */
const DASHES: Readonly<Record<number, readonly number[]>> = {
  1: [3, 1],
  2: [1, 1],
  3: [3, 1, 1, 1],
  4: [3, 1, 1, 1, 1, 1],
}

const OWN_DASHES = 7
const ENDS = ['round', 'square', 'butt'] as const
const JOINS = ['round', 'bevel', 'miter'] as const

/** Empty for nothing. */
function strokeOf(state: State): string {
  const { pen } = state
  const kind = pen.style & 15
  if (kind === NO_LINE) return ''
  const width = Math.max(1, lengthOnDevice(state, pen.width))
  const dashes = dashesOf(pen, width, (length) => lengthOnDevice(state, length))
  const join = JOINS[(pen.style >> 12) & 15] ?? 'round'
  return [
    ` stroke="${colourOf(pen.colour)}" stroke-width="${number(width)}"`,
    ` stroke-linecap="${ENDS[(pen.style >> 8) & 15] ?? 'round'}" stroke-linejoin="${join}"`,
    join === 'miter' ? ` stroke-miterlimit="${number(Math.max(1, state.miterLimit))}"` : '',
    dashes.length > 0 ? ` stroke-dasharray="${dashes.map(number).join(' ')}"` : '',
  ].join('')
}

function dashesOf(pen: Pen, width: number, toLength: (length: number) => number): number[] {
  const kind = pen.style & 15
  if (kind === OWN_DASHES) return pen.dashes.map(toLength).filter((length) => length > 0)
  return (DASHES[kind] ?? []).map((length) => length * width)
}

/** Lines of patterns: across, down, falling, rising, both, both aslant ([MS-WMF], 2.1.1.12). */
const HATCHES = ['M0 4H8', 'M4 0V8', 'M0 0L8 8', 'M0 8L8 0', 'M0 4H8M4 0V8', 'M0 0L8 8M0 8L8 0']

function hatching(name: string, { colour, hatch }: Brush, state: State): string {
  const ground = state.isOpaque
    ? `<rect width="8" height="8" fill="${colourOf(state.backColour)}"/>`
    : ''
  const drawn = `${ground}<path d="${HATCHES[hatch] ?? HATCHES[0]}" stroke="${colourOf(colour)}" fill="none"/>`
  return pattern(name, { width: 8, height: 8 }, drawn)
}

function pattern(
  name: string,
  { width, height }: { readonly width: number; readonly height: number },
  content: string,
): string {
  return `<pattern id="${name}" patternUnits="userSpaceOnUse" width="${width}" height="${height}">${content}</pattern>`
}

/** The bits of an alignment ([MS-WMF], 2.1.2.3). */
const HORIZONTAL = 6
const TO_THE_RIGHT = 2
const CENTRED = 6
const VERTICAL = 24
const BY_THE_BASELINE = 24
const BY_THE_BOTTOM = 8

/** How letters rise above their line and go below it, for each unit of their height: as those of Arial do. */
const ASCENT = 0.905
const DESCENT = 0.212

/** How high letters are where nobody says so, in units of the device. */
const USUAL_HEIGHT = 12

/** The words of a line that tells where each of its letters is, so that no other font moves more than a word; else all of it. */
function wordsOf(line: Line): Line[] {
  const { text, at, advances } = line
  if (advances.length < text.length) return [line]
  const words: Line[] = []
  for (const match of text.matchAll(/\S+/g)) {
    const before = advances.slice(0, match.index).reduce((sum, advance) => sum + advance, 0)
    words.push({ text: match[0], at: { x: at.x + before, y: at.y }, advances: [] })
  }
  return words
}

function textElement(state: State, { text, at }: Line): string {
  const { font, textAlign } = state
  const matrix = deviceMatrix(state)
  const place = toDevice(state, at)
  const given = font.height < 0 ? -font.height : font.height / (ASCENT + DESCENT)
  const size = given === 0 ? USUAL_HEIGHT : lengthOnDevice(state, given)
  const vertical = textAlign & VERTICAL
  const down =
    vertical === BY_THE_BASELINE ? 0 : vertical === BY_THE_BOTTOM ? -size * DESCENT : size * ASCENT
  const horizontal = textAlign & HORIZONTAL
  const anchor = horizontal === CENTRED ? 'middle' : horizontal === TO_THE_RIGHT ? 'end' : 'start'
  // The line goes where the world has turned it, letters stand on it whatever way y grows.
  const turn = Math.atan2(matrix.b, matrix.a) - (font.escapement / 10) * (Math.PI / 180)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const decorations = [font.isUnderlined ? 'underline' : '', font.isStruckOut ? 'line-through' : '']
  const decoration = decorations.filter((each) => each !== '').join(' ')
  return [
    `<text xml:space="preserve" transform="${matrixOf({ a: cos, b: sin, c: -sin, d: cos, e: place.x, f: place.y })}"`,
    ` y="${number(down)}" font-size="${number(size)}" text-anchor="${anchor}"`,
    ` font-family="${escapeXml(familyOf(font.face))}" fill="${colourOf(state.textColour)}"`,
    font.weight >= 600 ? ' font-weight="bold"' : '',
    font.isItalic ? ' font-style="italic"' : '',
    decoration === '' ? '' : ` text-decoration="${decoration}"`,
    `>${escapeXml(text)}</text>`,
  ].join('')
}

/** A family, and what stands for one that nobody has: letters as wide as those of Courier New, Times New Roman and Arial. */
function familyOf(face: string): string {
  const name = face.replaceAll(/['"\\]/g, '')
  const others = /courier|mono|consol|fixed/i.test(name)
    ? 'Cousine, monospace'
    : /times|serif|roman|georgia|garamond|book|cambria|palatino/i.test(name) && !/sans/i.test(name)
      ? 'Tinos, serif'
      : 'Arimo, sans-serif'
  return name === '' ? others : `'${name}', ${others}`
}
