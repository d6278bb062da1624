import { arcTo } from './arc-to.ts'
import type { PathSpace, PathWriter, Point } from './path-writer.ts'

/** The letters of the longest path that is read, and as many words. */
const LONGEST = 500_000
const MOST_WORDS = 100_000

const COMMAND = /[\s,]*([a-df-z])/iy
const NUMBER = /[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/iy

/** A number of an arc that is 0 or 1, behind which nothing needs to stand. */
const FLAG = /[\s,]*([01])/y
const IS_FLAG: ReadonlySet<number> = new Set([3, 4])

const TAKES: Readonly<Record<string, number>> = {
  M: 2,
  L: 2,
  H: 1,
  V: 1,
  C: 6,
  S: 4,
  Q: 4,
  T: 2,
  A: 7,
  Z: 0,
}

/** A step of a path, in absolute places. */
export type Step =
  | readonly ['M' | 'L', Point]
  | readonly ['C', Point, Point, Point]
  | readonly ['Z']

/** A command with the numbers of one time that it is done. */
interface Command {
  readonly letter: string
  readonly given: readonly number[]
}

/** The commands of a path up to the first that is not whole, as renderers draw it (SVG 2, section 9.5.4). */
function* readCommands(path: string): Generator<Command> {
  const text = path.slice(0, LONGEST)
  let at = 0
  const next = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found !== null) at = pattern.lastIndex
    return found?.[1]
  }
  let letter = ''
  for (let words = 0; words < MOST_WORDS; words += 1) {
    const told = next(COMMAND)
    // What follows the first place are lines.
    if (told === undefined) letter = { M: 'L', m: 'l' }[letter] ?? letter
    else letter = told
    const count = TAKES[letter.toUpperCase()]
    if (count === undefined || (told === undefined && count === 0)) return
    const given: number[] = []
    while (given.length < count) {
      const isFlag = letter.toUpperCase() === 'A' && IS_FLAG.has(given.length)
      const number = next(isFlag ? FLAG : NUMBER)
      if (number === undefined) return
      given.push(Number(number))
      words += 1
    }
    yield { letter, given }
  }
}

/** Reads the path of an SVG. */
export function readSvgPath(path: string): readonly Step[] {
  const steps: Step[] = []
  let at: Point = [0, 0]
  let start: Point = at
  let handle: Point | undefined
  for (const { letter, given } of readCommands(path)) {
    const name = letter.toUpperCase()
    const base: Point = letter === name ? [0, 0] : at
    const point = (index: number): Point => [
      base[0] + (given[index] ?? 0),
      base[1] + (given[index + 1] ?? 0),
    ]
    const [x, y] = at
    const mirrored: Point = handle === undefined ? at : [2 * x - handle[0], 2 * y - handle[1]]
    let next: Point = at
    let nextHandle: Point | undefined
    if (name === 'Z') {
      steps.push(['Z'])
      next = start
    } else if (name === 'M' || name === 'L') {
      next = point(0)
      steps.push([name, next])
      if (name === 'M') start = next
    } else if (name === 'A') {
      next = point(5)
      for (const curve of arcTo(at, next, given)) steps.push(['C', ...curve])
    } else if (name === 'H' || name === 'V') {
      const value = given[0] ?? 0
      next = name === 'H' ? [base[0] + value, y] : [x, base[1] + value]
      steps.push(['L', next])
    } else if (name === 'C' || name === 'S') {
      const first = name === 'C' ? point(0) : mirrored
      nextHandle = point(name === 'C' ? 2 : 0)
      next = point(name === 'C' ? 4 : 2)
      steps.push(['C', first, nextHandle, next])
    } else {
      const middle = name === 'Q' ? point(0) : mirrored
      next = point(name === 'Q' ? 2 : 0)
      const near = (from: Point): Point => [
        from[0] + ((middle[0] - from[0]) * 2) / 3,
        from[1] + ((middle[1] - from[1]) * 2) / 3,
      ]
      steps.push(['C', near(at), near(next), next])
      nextHandle = middle
    }
    at = next
    handle = nextHandle
  }
  return steps
}

/** Draws the steps of a path. */
export function drawSteps(steps: readonly Step[], writer: PathWriter): void {
  for (const step of steps) {
    if (step[0] === 'M') writer.move(step[1])
    else if (step[0] === 'L') writer.line(step[1])
    else if (step[0] === 'C') writer.curve(step[1], step[2], step[3])
    else writer.close()
  }
}

/** The box around the places of a path; undefined when it has none. */
export function boundsOf(steps: readonly Step[]): PathSpace | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [, ...points] of steps) {
    for (const [x, y] of points) {
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x)
      bottom = Math.max(bottom, y)
    }
  }
  return right < left ? undefined : { left, top, width: right - left, height: bottom - top }
}

/** The places of a polygon, as the steps of a path. */
export function readPolygon(points: string, isClosed: boolean): readonly Step[] {
  const numbers = (points.slice(0, LONGEST).match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? [])
    .slice(0, MOST_WORDS)
    .map(Number)
  const steps: Step[] = []
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    steps.push([index === 0 ? 'M' : 'L', [numbers[index] ?? 0, numbers[index + 1] ?? 0]])
  }
  return isClosed && steps.length > 0 ? [...steps, ['Z']] : steps
}
