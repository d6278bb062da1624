import { arcOf, type Box } from './arc.ts'
import { createDrawing, type Drawing, type Line } from './drawing.ts'
import type { Point } from './matrix.ts'
import { arc, beziers, lines, mapOutline, rectangle, type Segment } from './outline.ts'
import { initialState, type State, toDevice } from './state.ts'
import type { Tool } from './tools.ts'

/** The most states that are kept for later. */
const MOST_KEPT = 1000

/** The most steps that one outline may have: those of a path may be put together of all records. */
const MOST_SEGMENTS = 2_000_000

/** What is drawn of an outline. */
interface Parts {
  readonly fill?: boolean
  readonly line?: boolean
}

/** What arcs end with: nothing, a line from end to end, or two by way of the middle. */
export type ArcKind = 'open' | 'chord' | 'pie'

/** Plays the records of a metafile, in logical units. */
export interface Player {
  readonly drawing: Drawing
  readonly state: () => State
  readonly save: () => void
  /** @param back - how many states back when it is negative, else the number of one, from 1 */
  readonly restore: (back: number) => void
  readonly select: (tool: Tool | undefined) => void
  /** Draws an outline, or makes it part of the path that is being put together. */
  readonly draw: (outline: readonly Segment[], parts: Parts) => void
  readonly moveTo: (to: Point) => void
  /** Goes on from where it is, to the last of these points. */
  readonly lineTo: (to: readonly Point[]) => void
  readonly bezierTo: (to: readonly Point[]) => void
  readonly arc: (box: Box, ends: readonly [Point, Point], kind: ArcKind) => void
  /** A line to where an arc begins, and the arc. */
  readonly arcTo: (box: Box, ends: readonly [Point, Point]) => void
  readonly text: (line: Line) => void
  readonly beginPath: () => void
  readonly endPath: () => void
  readonly closeFigure: () => void
  readonly drawPath: (parts: Parts) => void
  readonly clipToPath: () => void
  readonly clipToBox: (box: Box) => void
}

/** Starts to play. */
export function createPlayer(): Player {
  const drawing = createDrawing()
  let state = initialState()
  const kept: State[] = []
  let path: Segment[] = []
  let isOpen = false

  const onDevice = (outline: readonly Segment[]): readonly Segment[] =>
    mapOutline(outline, (point) => toDevice(state, point))

  function draw(outline: readonly Segment[], parts: Parts): void {
    if (!isOpen) {
      drawing.shape(state, onDevice(outline), parts)
      return
    }
    for (const segment of onDevice(outline)) path.push(segment)
    if (path.length > MOST_SEGMENTS) throw new RangeError('A path has too many steps.')
  }

  /** Goes on with the path, which is at the current position, or draws from there. */
  function goOn(step: 'L' | 'C', to: readonly Point[]): void {
    const last = to.at(-1)
    if (last === undefined) return
    const begin: Segment = { step: 'M', points: [state.position] }
    const isGoingOn = isOpen && path.length > 0 && path.at(-1)?.step !== 'Z'
    const rest: Segment = { step, points: to }
    draw(isGoingOn ? [rest] : [begin, rest], { line: true })
    state.position = last
  }

  return {
    drawing,
    state: () => state,
    save() {
      if (kept.length < MOST_KEPT) kept.push({ ...state })
    },
    restore(back) {
      const index = back < 0 ? kept.length + back : back - 1
      const known = kept[index]
      if (known === undefined) return
      kept.length = index
      state = known
    },
    select(tool) {
      if (tool === undefined) return
      if (tool.kind === 'pen') state.pen = tool
      if (tool.kind === 'brush') state.brush = tool
      if (tool.kind === 'font') state.font = tool
    },
    draw,
    moveTo(to) {
      state.position = to
      if (isOpen) draw([{ step: 'M', points: [to] }], {})
    },
    lineTo: (to) => goOn('L', to),
    bezierTo: (to) => goOn('C', to.slice(0, to.length - (to.length % 3))),
    arc(box, ends, kind) {
      const curve = arcOf(box, ends, state.isClockwise)
      const middle = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
      const closing = kind === 'pie' ? { through: middle } : kind === 'chord' ? {} : undefined
      draw(arc(curve, closing), { line: true, fill: kind !== 'open' })
    },
    arcTo(box, ends) {
      const { start, points } = arcOf(box, ends, state.isClockwise)
      goOn('L', [start])
      goOn('C', points)
    },
    text(line) {
      // Letters of a path would have to be outlines.
      if (!isOpen) drawing.text(state, line)
    },
    beginPath() {
      path = []
      isOpen = true
    },
    endPath() {
      isOpen = false
    },
    closeFigure() {
      if (path.length > 0) path.push({ step: 'Z' })
    },
    drawPath(parts) {
      isOpen = false
      if (path.length > 0) drawing.shape(state, path, parts)
      path = []
    },
    clipToPath() {
      isOpen = false
      drawing.clip(state, path, state.fillsWinding)
      path = []
    },
    clipToBox: (box) => drawing.clip(state, onDevice(rectangle(box)), true),
  }
}

/** Lines through points, of which an area is filled when they are closed. */
export function drawLines(player: Player, points: readonly Point[], isClosed: boolean): void {
  player.draw(lines(points, isClosed), { line: true, fill: isClosed })
}

/** Curves through points. */
export function drawBeziers(player: Player, points: readonly Point[]): void {
  player.draw(beziers(points), { line: true })
}
