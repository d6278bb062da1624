import { attributeOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { emu } from '../measures.ts'
import { createFormulas } from './formulas.ts'
import { createPathWriter, type PathSpace, type PathWriter, type Point } from './path-writer.ts'
import { readViewBox } from './view-box.ts'

/** What a parameter of a path is worth that is across or down. */
type Place = (word: string, isAcross: boolean) => number

/** The letters of the longest path that is read, and as many commands. */
const LONGEST = 200_000
const MOST_WORDS = 40_000

const WORD = /[a-z]|[?$][\w.]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi

/** How many parameters each command takes at a time. */
const TAKES: Readonly<Record<string, number>> = {
  M: 2,
  L: 2,
  C: 6,
  T: 6,
  U: 6,
  A: 8,
  B: 8,
  W: 8,
  V: 8,
  X: 2,
  Y: 2,
  Q: 4,
  G: 4,
}

/** How what follows is shaded. */
const SHADES: Readonly<Record<string, string>> = {
  H: 'darken',
  I: 'darkenLess',
  J: 'lighten',
  K: 'lightenLess',
}

/** A custom shape (OpenDocument 1.3, part 3, 10.6.2) in a box of a size in points, as slides have the outline of one. */
export function writeEnhancedGeometry(
  geometry: Element,
  size: { readonly width: number; readonly height: number },
): Element {
  const told = spaceOf(geometry, size)
  const space = stretched(geometry, told, size)
  const evaluate = createFormulas(geometry, space, size)
  const writer = createPathWriter(space)
  /** What stands at the far edge of a space that is stretched does so still. */
  const place: Place = (word, isAcross) => {
    const value = evaluate(word)
    if (isAcross) return value === told.left + told.width ? space.left + space.width : value
    return value === told.top + told.height ? space.top + space.height : value
  }
  drawCommands((attributeOf(geometry, 'enhanced-path') ?? '').slice(0, LONGEST), place, writer)
  return writer.write(textArea(geometry, place, space, size))
}

function hundredths(points: number): number {
  return (points / 72) * 2540
}

/** One of no size is as large as the shape in hundredths of a millimetre. */
function spaceOf(
  geometry: Element,
  { width, height }: { readonly width: number; readonly height: number },
): PathSpace {
  const box = readViewBox(geometry) ?? { left: 0, top: 0, width: 0, height: 0 }
  return {
    ...box,
    width: box.width > 0 ? box.width : hundredths(width),
    height: box.height > 0 ? box.height : hundredths(height),
  }
}

/** The space of a shape whose corners stay as they are however long it is. */
function stretched(
  geometry: Element,
  space: PathSpace,
  { width, height }: { readonly width: number; readonly height: number },
): PathSpace {
  const stretches = (axis: string): boolean =>
    attributeOf(geometry, `path-stretchpoint-${axis}`) !== undefined
  if (width <= 0 || height <= 0) return space
  if (stretches('x') && width > height) return { ...space, width: (space.width * width) / height }
  if (stretches('y') && height > width) return { ...space, height: (space.height * height) / width }
  return space
}

function textArea(
  geometry: Element,
  place: Place,
  { left, top, width, height }: PathSpace,
  size: { readonly width: number; readonly height: number },
): Element | undefined {
  // There may be several, of which the first is that of usual text.
  const [l, t, r, b] = (attributeOf(geometry, 'text-areas') ?? '').match(WORD) ?? []
  if (l === undefined || t === undefined || r === undefined || b === undefined) return undefined
  const across = (word: string): string =>
    emu(((place(word, true) - left) / (width || 1)) * size.width)
  const down = (word: string): string =>
    emu(((place(word, false) - top) / (height || 1)) * size.height)
  return makeElement('rect', { l: across(l), t: down(t), r: across(r), b: down(b) })
}

function drawCommands(path: string, place: Place, writer: PathWriter): void {
  const words = (path.match(WORD) ?? []).slice(0, MOST_WORDS)
  let look: { isFilled: boolean; isStroked: boolean; shade: string | undefined } = {
    isFilled: true,
    isStroked: true,
    shade: undefined,
  }
  let command = ''
  let given: number[] = []
  let isFirst = true
  for (const word of words) {
    if (/^[a-z]$/i.test(word)) {
      command = word.toUpperCase()
      given = []
      isFirst = true
      if (command === 'Z') writer.close()
      if (command === 'F') look = { ...look, isFilled: false }
      if (command === 'S') look = { ...look, isStroked: false }
      if (SHADES[command] !== undefined) look = { ...look, shade: SHADES[command] }
      if (command === 'N') {
        writer.end(look)
        look = { isFilled: true, isStroked: true, shade: undefined }
      }
      continue
    }
    given.push(place(word, given.length % 2 === 0))
    if (given.length < (TAKES[command] ?? Infinity)) continue
    drawCommand(command, given, isFirst, writer)
    given = []
    isFirst = false
  }
  writer.end(look)
}

/** How far the handles of a quarter of a circle are from its ends, as a share of the way to its corner. */
const QUARTER = 0.5523

function near(from: number, to: number): number {
  return from + (to - from) * QUARTER
}

function drawCommand(
  command: string,
  [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]: readonly number[],
  isFirst: boolean,
  writer: PathWriter,
): void {
  const [x, y] = writer.current()
  switch (command) {
    case 'M':
      return isFirst ? writer.move([a, b]) : writer.line([a, b])
    case 'L':
      return writer.line([a, b])
    case 'C':
      return writer.curve([a, b], [c, d], [e, f])
    case 'Q':
      return writer.curve(
        [x + ((a - x) * 2) / 3, y + ((b - y) * 2) / 3],
        [c + ((a - c) * 2) / 3, d + ((b - d) * 2) / 3],
        [c, d],
      )
    case 'X':
    case 'Y': {
      // A quarter of an ellipse that leaves across or down, in turns.
      const isAcross = (command === 'X') === isFirst
      const corner: Point = isAcross ? [a, y] : [x, b]
      return writer.curve(
        [near(x, corner[0]), near(y, corner[1])],
        [near(a, corner[0]), near(b, corner[1])],
        [a, b],
      )
    }
    case 'T':
    case 'U':
      return drawEllipse([a, b], [c, d], [e, f], command === 'T', writer)
    case 'G':
      return writer.arc(
        [x - a * Math.cos(radians(c)), y - b * Math.sin(radians(c))],
        [a, b],
        radians(c),
        radians(d),
      )
    case 'A':
    case 'B':
    case 'W':
    case 'V':
      return drawBoxedArc(
        [a, b, c, d],
        [e, f],
        [g, h],
        { isClockwise: 'WV'.includes(command), isJoined: 'AW'.includes(command) },
        writer,
      )
  }
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

function drawEllipse(
  middle: Point,
  radii: Point,
  [from, to]: Point,
  isJoined: boolean,
  writer: PathWriter,
): void {
  const start = radians(from)
  const sweep =
    Math.abs(to - from) >= 360 ? 2 * Math.PI : radians((((to - from) % 360) + 360) % 360)
  begin(
    [middle[0] + radii[0] * Math.cos(start), middle[1] + radii[1] * Math.sin(start)],
    isJoined,
    writer,
  )
  writer.arc(middle, radii, start, sweep)
}

function begin(at: Point, isJoined: boolean, writer: PathWriter): void {
  if (isJoined) writer.line(at)
  else writer.move(at)
}

/** An arc of the ellipse in a box, from where it meets the way to one point to where it does to another. */
function drawBoxedArc(
  [left, top, right, bottom]: readonly [number, number, number, number],
  from: Point,
  to: Point,
  { isClockwise, isJoined }: { readonly isClockwise: boolean; readonly isJoined: boolean },
  writer: PathWriter,
): void {
  const middle: Point = [(left + right) / 2, (top + bottom) / 2]
  const radii: Point = [Math.abs(right - left) / 2, Math.abs(bottom - top) / 2]
  const angle = ([x, y]: Point): number =>
    Math.atan2((y - middle[1]) / (radii[1] || 1), (x - middle[0]) / (radii[0] || 1))
  const start = angle(from)
  const turn = 2 * Math.PI
  const ahead = (((angle(to) - start) % turn) + turn) % turn
  const sweep = isClockwise ? ahead || turn : ahead === 0 ? -turn : ahead - turn
  begin(
    [middle[0] + radii[0] * Math.cos(start), middle[1] + radii[1] * Math.sin(start)],
    isJoined,
    writer,
  )
  writer.arc(middle, radii, start, sweep)
}
