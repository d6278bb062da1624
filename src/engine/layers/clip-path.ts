import { OperationError } from '../../base/operation-error.ts'
import type { Clip, Point, Rectangle } from './composition.ts'

/** A piece of a path in absolute coordinates: where it begins, a line, a curve with two points that pull it, or the end. */
export type PathPiece =
  | { readonly kind: 'M' | 'L'; readonly points: readonly [Point] }
  | { readonly kind: 'C'; readonly points: readonly [Point, Point, Point] }
  | { readonly kind: 'Z'; readonly points: readonly [] }

/** A clip whose path was read. */
export interface ReadClip {
  readonly pieces: readonly PathPiece[]
  readonly keeps: Clip['keeps']
}

const COMMAND = /^[\s,]*(?:([MLCZ])|([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))/i

/**
 * Reads a clip (r-clippath): the path data of SVG with these four commands alone, whose numbers may have commas between them.
 *
 * @throws {@link OperationError} clip_path_malformed
 */
export function readClip({ path, keeps }: Clip): ReadClip {
  const reading = new Reading(path)
  const pieces: PathPiece[] = []
  let start: Point = { x: 0, y: 0 }
  let at = start
  let command = reading.command()
  while (command !== undefined) {
    const kind = command.toUpperCase()
    const origin = command === kind ? { x: 0, y: 0 } : at
    if (kind === 'Z') {
      pieces.push({ kind: 'Z', points: [] })
      at = start
    } else if (kind === 'C') {
      const points = [reading.point(origin), reading.point(origin), reading.point(origin)] as const
      pieces.push({ kind: 'C', points })
      at = points[2]
    } else {
      at = reading.point(origin)
      pieces.push({ kind: kind === 'M' ? 'M' : 'L', points: [at] })
      if (kind === 'M') start = at
    }
    command = reading.command() ?? reading.repeated(command)
  }
  if (pieces[0]?.kind !== 'M') throw new OperationError('clip_path_malformed', { at: path })
  return { pieces, keeps }
}

class Reading {
  #rest: string

  constructor(path: string) {
    this.#rest = path
  }

  /** The next command, if there is one. */
  command(): string | undefined {
    const [text = '', letter] = COMMAND.exec(this.#rest) ?? []
    if (letter !== undefined) this.#rest = this.#rest.slice(text.length)
    return letter
  }

  /** What another number means behind a command, as in SVG: the same once more, and a line behind where a path begins. */
  repeated(command: string): string | undefined {
    if (/^[\s,]*$/.test(this.#rest)) return undefined
    const [, , number] = COMMAND.exec(this.#rest) ?? []
    if (number === undefined || command.toUpperCase() === 'Z') {
      throw new OperationError('clip_path_malformed', { at: this.#rest.trim() })
    }
    if (command === 'M') return 'L'
    return command === 'm' ? 'l' : command
  }

  point(origin: Point): Point {
    const x = this.#number()
    return { x: origin.x + x, y: origin.y + this.#number() }
  }

  #number(): number {
    const [text = '', , number] = COMMAND.exec(this.#rest) ?? []
    const value = Number(number)
    if (number === undefined || !Number.isFinite(value)) {
      throw new OperationError('clip_path_malformed', { at: this.#rest.trim() })
    }
    this.#rest = this.#rest.slice(text.length)
    return value
  }
}

/** Path data for SVG: of each point, how far it is from a place, scaled, and moved from there. */
export function writePath(
  pieces: readonly PathPiece[],
  { origin, scale, to }: { readonly origin: Point; readonly scale: Point; readonly to: Point },
): string {
  return pieces
    .map(({ kind, points }) => {
      const numbers = points.flatMap(({ x, y }) => [
        (x - origin.x) * scale.x + to.x,
        (y - origin.y) * scale.y + to.y,
      ])
      return `${kind}${numbers.map((each) => each.toFixed(3)).join(' ')}`
    })
    .join('')
}

/** The whole pixels that a path lies in. */
export function pathBounds(pieces: readonly PathPiece[]): Rectangle {
  let at: Point = { x: 0, y: 0 }
  const xs: number[] = []
  const ys: number[] = []
  for (const { kind, points } of pieces) {
    const end = points.at(-1)
    if (end === undefined) continue
    xs.push(end.x)
    ys.push(end.y)
    if (kind === 'C') {
      const [first, second] = points
      xs.push(...extremes(at.x, first.x, second.x, end.x))
      ys.push(...extremes(at.y, first.y, second.y, end.y))
    }
    at = end
  }
  const x = Math.floor(Math.min(...xs))
  const y = Math.floor(Math.min(...ys))
  return {
    x,
    y,
    width: Math.max(1, Math.ceil(Math.max(...xs)) - x),
    height: Math.max(1, Math.ceil(Math.max(...ys)) - y),
  }
}

/** Where a cubic curve turns round on one axis, between its ends. */
function extremes(from: number, first: number, second: number, to: number): number[] {
  const a = to - from + 3 * (first - second)
  const b = 2 * (from - 2 * first + second)
  const c = first - from
  const root = Math.sqrt(b * b - 4 * a * c)
  const times = a === 0 ? [-c / b] : [(-b + root) / (2 * a), (-b - root) / (2 * a)]
  return times
    .filter((time) => time > 0 && time < 1)
    .map((time) => {
      const rest = 1 - time
      return (
        rest ** 3 * from +
        3 * rest ** 2 * time * first +
        3 * rest * time ** 2 * second +
        time ** 3 * to
      )
    })
}
