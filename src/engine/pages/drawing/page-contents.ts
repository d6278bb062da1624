import { EMBOLDENED, LEAN } from '../../typesetting/drawing/ink.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'
import { toNumber, toNumbers } from './number.ts'
import type { PageFont } from './page-fonts.ts'
import type {
  Gradient,
  GroupMark,
  Page,
  PageMark,
  Path,
  PathMark,
  PictureMark,
  Stroke,
  TextMark,
} from './page.ts'

/** What contents refer to; each is asked for the name by which its page knows it, without the slash. */
export interface PageResources {
  readonly font: (
    mark: Pick<TextMark, 'font' | 'glyphs'>,
  ) => Pick<PageFont, 'widthOf'> & { readonly name: string }
  readonly picture: (name: string) => string
  readonly shading: (gradient: Gradient) => string
  /** Of how much is covered, from 0 to 1. */
  readonly opacity: (opacity: number) => string
}

/** As many groups are in each other at the most. */
const MOST_LEVELS = 50

/**
 * Writes the operators that draw a page (ISO 32000-1, 8 and 9).
 *
 * @param mostMarks - glyphs count as marks; what is beyond is left out
 */
export function writeContents(page: Page, resources: PageResources, mostMarks: number): string {
  const operators: string[] = [`1 0 0 -1 0 ${toNumber(page.height)} cm`]
  let left = mostMarks

  function writeMark(mark: PageMark, level: number): void {
    left -=
      mark.kind === 'text' ? mark.glyphs.length : mark.kind === 'path' ? mark.path.steps.length : 1
    if (left < 0) return
    switch (mark.kind) {
      case 'path':
        operators.push(...pathOperators(mark, resources))
        return
      case 'text':
        operators.push(...textOperators(mark, resources))
        return
      case 'picture':
        operators.push(...pictureOperators(mark, resources))
        return
      case 'group':
        if (level < MOST_LEVELS) writeGroup(mark, level)
    }
  }

  function writeGroup({ marks, matrix, clip }: GroupMark, level: number): void {
    operators.push('q')
    if (matrix) operators.push(`${toNumbers(matrix)} cm`)
    if (clip) operators.push(...clipOperators(clip))
    for (const each of marks) writeMark(each, level + 1)
    operators.push('Q')
  }

  for (const mark of page.marks) writeMark(mark, 0)
  return operators.join('\n')
}

function pathOperators({ path, fill, stroke }: PathMark, resources: PageResources): string[] {
  const filled =
    fill === undefined
      ? []
      : 'stops' in fill
        ? shade(path, fill, resources)
        : paint(path, fill, resources)
  return stroke === undefined ? filled : [...filled, ...strokeOperators(path, stroke, resources)]
}

function paint(path: Path, colour: LetterColour, resources: PageResources): string[] {
  if (colour.alpha <= 0) return []
  const operators = [`${colourOf(colour)} rg`, ...stepsOf(path), path.evenOdd ? 'f*' : 'f']
  return covering(colour.alpha / 255, resources, operators)
}

function shade(path: Path, gradient: Gradient, resources: PageResources): string[] {
  const operators = [...clipOperators(path), `/${resources.shading(gradient)} sh`]
  const [first] = gradient.stops
  return ['q', ...covering((first?.colour.alpha ?? 255) / 255, resources, operators), 'Q']
}

const CAPS = { butt: 0, round: 1, square: 2 }
const JOINS = { miter: 0, round: 1, bevel: 2 }

function strokeOperators(path: Path, stroke: Stroke, resources: PageResources): string[] {
  const { colour, width, dash = [], cap = 'butt', join = 'miter' } = stroke
  if (colour.alpha <= 0) return []
  const lengths = dash.some((each) => each > 0) ? dash.map((each) => Math.max(0, each)) : []
  const operators = [
    `${colourOf(colour)} RG`,
    `${toNumber(Math.max(0, width))} w ${CAPS[cap]} J ${JOINS[join]} j [${toNumbers(lengths)}] 0 d`,
    ...stepsOf(path),
    'S',
  ]
  return covering(colour.alpha / 255, resources, operators)
}

function clipOperators(path: Path): string[] {
  return [...stepsOf(path), path.evenOdd ? 'W* n' : 'W n']
}

const STEPS = { M: 'm', L: 'l', C: 'c', Z: 'h' }

/** Nothing is the path of a point at the corner, which clips all. */
function stepsOf({ steps }: Path): string[] {
  if (steps.length === 0) return ['0 0 m']
  return steps.map(([letter, ...points]) => `${toNumbers(points)} ${STEPS[letter]}`.trimStart())
}

function textOperators(mark: TextMark, resources: PageResources): string[] {
  const { size, colour, slanted, emboldened, glyphs } = mark
  if (glyphs.length === 0 || colour.alpha <= 0 || size.x === 0 || size.y === 0) return []
  const { name, widthOf } = resources.font(mark)
  const lean = slanted ? LEAN * size.x : 0
  const look = emboldened
    ? `${colourOf(colour)} RG ${toNumber(EMBOLDENED * size.x)} w 2 Tr`
    : '0 Tr'
  const operators = [`BT ${colourOf(colour)} rg ${look} /${name} 1 Tf`]
  let line: { readonly y: number; readonly x: number; written: number; codes: string } | undefined
  const end = (): void => {
    if (line) {
      const matrix = toNumbers([size.x, 0, lean, -size.y, line.x, line.y])
      operators.push(`${matrix} Tm [<${line.codes}>] TJ`)
    }
  }
  for (const { id, x, y } of glyphs) {
    const code = id.toString(16).padStart(4, '0')
    if (line?.y !== y) {
      end()
      line = { x, y, written: widthOf(id), codes: code }
      continue
    }
    const back = Math.round(line.written - ((x - line.x) / size.x) * 1000)
    line.codes += back === 0 ? code : `>${back}<${code}`
    line.written += widthOf(id) - back
  }
  end()
  operators.push('ET')
  return covering(colour.alpha / 255, resources, operators)
}

function pictureOperators(mark: PictureMark, resources: PageResources): string[] {
  const { name, x, y, width, height, crop, opacity = 1 } = mark
  const { left, top, right, bottom } = crop ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const part = { x: 1 - left - right, y: 1 - top - bottom }
  if (!(part.x > 0 && part.y > 0)) return []
  const whole = { width: width / part.x, height: height / part.y }
  const [from, to] = [x - left * whole.width, y - top * whole.height + whole.height]
  const corners = [x, y, width, height]
  const operators = [
    'q',
    ...(crop ? [`${toNumbers(corners)} re W n`] : []),
    `${toNumbers([whole.width, 0, 0, -whole.height, from, to])} cm`,
    `/${resources.picture(name)} Do`,
    'Q',
  ]
  return covering(opacity, resources, operators)
}

/** Has operators cover what is below them in part. */
function covering(opacity: number, resources: PageResources, operators: string[]): string[] {
  if (opacity >= 1) return operators
  return ['q', `/${resources.opacity(Math.max(0, opacity))} gs`, ...operators, 'Q']
}

function colourOf({ red, green, blue }: LetterColour): string {
  return toNumbers([red / 255, green / 255, blue / 255])
}
