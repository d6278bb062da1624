import { type Document, Element, isTag, Text } from 'domhandler'
import { DomUtils } from 'htmlparser2'
import { multiply, type Point, transform } from '../../base/affine.ts'
import { type MeasuredText, measureAdvances } from './svg-advances.ts'
import { decodeText, localName, parseSvg, printSvg } from './svg-document.ts'
import { Drawing } from './svg-drawing.ts'
import { toSignedPixels } from './svg-lengths.ts'
import { fontOf, fontSizeOf, readRuns, type Run } from './svg-letter-runs.ts'
import { around, printMatrix, rotation, scaling } from './svg-matrix.ts'
import { lengthAlong, type Outline } from './svg-outlines.ts'
import { readStyle } from './svg-rules.ts'

/**
 * Has texts be as long as they are told to be, run along paths, and have letters that are turned, of which librsvg knows nothing: it is asked
 * how wide letters are, and each is put where it belongs.
 *
 * @param svg - one character a byte, whose elements say by themselves what rules say of them
 */
export async function layTexts(svg: string): Promise<string> {
  const document = parseSvg(svg)
  const drawing = new Drawing(document, readStyles(document))
  const planned = [...drawing.styles.keys()].flatMap((element) => plan(element, drawing) ?? [])
  const asked = planned.flatMap(({ asks }) => asks)
  const advances = await measureAdvances(asked)
  if (advances === undefined) return svg
  let from = 0
  for (const { asks, lay } of planned) {
    lay(advances.slice(from, from + asks.length))
    from += asks.length
  }
  return printSvg(document)
}

function readStyles(document: Document): Map<Element, Map<string, string>> {
  const elements = DomUtils.filter(isTag, document).filter(isTag)
  return new Map(
    elements.map((element) => {
      const declared = readStyle(decodeText(element.attribs['style'] ?? ''))
      return [element, new Map(declared.map(({ property, value }) => [property, value]))]
    }),
  )
}

/** What has to be known of a text, and what becomes of it then. */
interface Planned {
  readonly asks: readonly MeasuredText[]
  readonly lay: (advances: readonly number[]) => void
}

function plan(element: Element, drawing: Drawing): Planned | undefined {
  if (localName(element) !== 'text') return undefined
  const runs = readRuns(element)
  if (runs.length === 0) return undefined
  const [only, ...others] = element.children.filter(
    (child) => isTag(child) || DomUtils.textContent(child).trim() !== '',
  )
  if (only !== undefined && isTag(only) && localName(only) === 'textPath' && others.length === 0)
    return planOnPath(element, only, { runs, drawing })
  const turns = (element.attribs['rotate'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const isTurned = 'rotate' in element.attribs && turns.every(Number.isFinite)
  if (isTurned) return planTurned(element, turns, { runs, drawing })
  return 'textLength' in element.attribs ? planLength(element, runs, drawing) : undefined
}

interface Letters {
  readonly runs: readonly Run[]
  readonly drawing: Drawing
}

/** Asks how far the letters of runs go on, each with those before it; undefined when nobody knows how large they are. */
function askForLetters({ runs, drawing }: Letters): readonly MeasuredText[] | undefined {
  const asks: MeasuredText[] = []
  for (const { element, letters } of runs) {
    const [font, size] = [fontOf(element, drawing), fontSizeOf(element, drawing)]
    if (font === undefined || size === undefined) return undefined
    for (let count = 1; count <= letters.length; count += 1)
      asks.push({ letters: letters.slice(0, count).join(''), font, size })
  }
  return asks
}

/** A letter, from where to where it goes along its text, and the element that it is of. */
interface Placed {
  readonly letter: string
  readonly from: number
  readonly to: number
  readonly element: Element
}

function placeAlong(runs: readonly Run[], advances: readonly number[]): readonly Placed[] {
  const placed: Placed[] = []
  let [begin, index] = [0, 0]
  for (const { element, letters } of runs) {
    let from = begin
    for (const letter of letters) {
      const to = begin + (advances[index] ?? 0)
      placed.push({ letter, from, to, element })
      from = to
      index += 1
    }
    begin = from
  }
  return placed
}

/** By which part of its length a text is before the place that it is told. */
const ANCHORS: Readonly<Record<string, number>> = { start: 0, middle: 0.5, end: 1 }

function anchorOf(element: Element, drawing: Drawing): number {
  return ANCHORS[drawing.inherited(element, 'text-anchor') ?? 'start'] ?? 0
}

/** A length of the text that an attribute tells; undefined when it tells several, or none. */
function placeOf(element: Element, name: string, drawing: Drawing): number | undefined {
  const told = element.attribs[name]
  return told === undefined ? 0 : toSignedPixels(told, drawing.wholeOf(element, name))
}

function planLength(text: Element, runs: readonly Run[], drawing: Drawing): Planned | undefined {
  const [run, ...others] = runs
  const told = placeOf(text, 'textLength', drawing)
  const [x, y] = [placeOf(text, 'x', drawing), placeOf(text, 'y', drawing)]
  const isPlain = run?.element === text && others.length === 0 && !('dx' in text.attribs)
  if (run === undefined || !isPlain || told === undefined || x === undefined || y === undefined)
    return undefined
  const asks = askForLetters({ runs, drawing })?.slice(-1)
  const matrix = drawing.matrixOf(text)
  if (asks === undefined || matrix === undefined) return undefined
  return {
    asks,
    lay([length = 0]) {
      if (!(length > 0)) return
      const { attribs } = text
      const isStretched = attribs['lengthAdjust'] === 'spacingAndGlyphs'
      delete attribs['textLength']
      delete attribs['lengthAdjust']
      if (isStretched) {
        attribs['transform'] = printMatrix(
          multiply(matrix, around([x, y], scaling(told / length, 1))),
        )
      } else if (run.letters.length > 1) {
        const own = toSignedPixels(drawing.inherited(text, 'letter-spacing') ?? '0', 0) ?? 0
        const more = (told - length) / (run.letters.length - 1)
        attribs['x'] = String(x - told * anchorOf(text, drawing))
        addStyle(text, `text-anchor:start;letter-spacing:${own + more}px`)
      }
    },
  }
}

function addStyle({ attribs }: Element, style: string): void {
  const { style: before } = attribs
  attribs['style'] = before === undefined ? style : `${before};${style}`
}

function planTurned(
  text: Element,
  turns: readonly number[],
  letters: Letters,
): Planned | undefined {
  const { runs, drawing } = letters
  if (turns.every((turn) => turn === 0)) return undefined
  const [run, ...others] = runs
  if (run?.element !== text || others.length > 0) return undefined
  const listOf = (name: string): (number | undefined)[] =>
    (text.attribs[name] ?? '')
      .split(/[\s,]+/)
      .filter((each) => each !== '')
      .map((each) => toSignedPixels(each, drawing.wholeOf(text, name)))
  const lists = { x: listOf('x'), y: listOf('y'), dx: listOf('dx'), dy: listOf('dy') }
  const asks = askForLetters(letters)
  if (asks === undefined || Object.values(lists).flat().includes(undefined)) return undefined
  return {
    asks,
    lay(advances) {
      const placed = placeAlong(runs, advances)
      const before = lists.x.length > 1 ? 0 : (placed.at(-1)?.to ?? 0) * anchorOf(text, drawing)
      let at: Point = [(lists.x[0] ?? 0) - before, lists.y[0] ?? 0]
      const children = placed.map(({ letter, from, to }, index) => {
        const [x = at[0], y = at[1]] = index === 0 ? at : [lists.x[index], lists.y[index]]
        const here: Point = [x + (lists.dx[index] ?? 0), y + (lists.dy[index] ?? 0)]
        at = [here[0] + to - from, here[1]]
        const turn = turns[index] ?? turns.at(-1) ?? 0
        return letterAt(text, letter, printMatrix(around(here, rotation(turn))), here)
      })
      replaceText(text, children)
    },
  }
}

function planOnPath(text: Element, onPath: Element, letters: Letters): Planned | undefined {
  const { runs, drawing } = letters
  const path = drawing.linked(onPath)
  const outlines = path && drawing.outlinesOf(path)
  const matrix = path && drawing.matrixOf(path)
  const asks = askForLetters(letters)
  if (path === undefined || !outlines?.length || matrix === undefined || asks === undefined)
    return undefined
  const along = outlines.map((outline) => outline.map((point) => transform(matrix, point)))
  const length = lengthAlong(along)
  const start = startOf(onPath, path, length)
  const [dx, dy] = [placeOf(text, 'dx', drawing), placeOf(text, 'dy', drawing)]
  if (start === undefined || dx === undefined || dy === undefined) return undefined
  return {
    asks,
    lay(advances) {
      const placed = placeAlong(runs, advances)
      const before = (placed.at(-1)?.to ?? 0) * anchorOf(onPath, drawing)
      const children = placed.flatMap(({ letter, from, to, element }) => {
        const middle = start + dx - before + (from + to) / 2
        const there = pointAlong(along, middle)
        if (there === undefined || letter.trim() === '') return []
        const [point, angle] = there
        const put = multiply([1, 0, 0, 1, ...point], rotation(angle))
        return letterAt(element, letter, printMatrix(put), [(from - to) / 2, dy])
      })
      replaceText(text, children)
    },
  }
}

/** Where a text begins along a path whose length may be told as another. */
function startOf(onPath: Element, path: Element, length: number): number | undefined {
  const told = onPath.attribs['startOffset'] ?? '0'
  const start = toSignedPixels(told, length)
  const said = Number(path.attribs['pathLength'])
  const isScaled = said > 0 && !told.trim().endsWith('%')
  return start === undefined ? undefined : isScaled ? (start * length) / said : start
}

/** The point so far along outlines, and where they lead to there in degrees; undefined before and behind them. */
function pointAlong(
  outlines: readonly Outline[],
  distance: number,
): readonly [Point, number] | undefined {
  let left = distance
  if (left < 0) return undefined
  for (const outline of outlines) {
    for (const [index, to] of outline.entries()) {
      const from = outline[index - 1]
      if (from === undefined) continue
      const [across, down] = [to[0] - from[0], to[1] - from[1]]
      const length = Math.hypot(across, down)
      if (length > 0 && left <= length) {
        const share = left / length
        const point: Point = [from[0] + across * share, from[1] + down * share]
        return [point, (Math.atan2(down, across) * 180) / Math.PI]
      }
      left -= length
    }
  }
  return undefined
}

/** What places letters, and is said of each alone. */
const PLACING: ReadonlySet<string> = new Set([
  'x',
  'y',
  'dx',
  'dy',
  'rotate',
  'textLength',
  'lengthAdjust',
  'startOffset',
  'href',
  'xlink:href',
  'id',
  'transform',
  'method',
  'spacing',
  'side',
])

function withoutPlaces({ attribs }: Element): Record<string, string> {
  return Object.fromEntries(Object.entries(attribs).filter(([name]) => !PLACING.has(name)))
}

function letterAt(of: Element, letter: string, matrix: string, [x, y]: Point): Element {
  const prefix = of.name.slice(0, of.name.indexOf(':') + 1)
  const own = localName(of) === 'text' ? {} : withoutPlaces(of)
  const { style = '' } = own
  const attributes = {
    ...own,
    x: String(x),
    y: String(y),
    transform: matrix,
    style: `${style === '' ? '' : `${style};`}text-anchor:start`,
  }
  return new Element(`${prefix}text`, attributes, [new Text(letter)])
}

/** Puts texts of a letter each in the place of a text, which looked as they do. */
function replaceText(text: Element, letters: readonly Element[]): void {
  const prefix = text.name.slice(0, text.name.indexOf(':') + 1)
  const { id, transform: moved } = text.attribs
  const group = new Element(`${prefix}g`, {
    ...withoutPlaces(text),
    ...(id === undefined ? {} : { id }),
    ...(moved === undefined ? {} : { transform: moved }),
  })
  for (const letter of letters) DomUtils.appendChild(group, letter)
  DomUtils.replaceElement(text, group)
}
