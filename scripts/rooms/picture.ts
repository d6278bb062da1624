import type { Arrow, Graph } from './graph.ts'

const BOX = { width: 104, height: 40 }
const GAP = { x: 14, y: 48 }
const MARGIN = 12
/** How wide the place is that an arrow has in a layer that it passes. */
const LANE = 20
const SWEEPS = 24

/** What stands in a layer: a room, or an arrow on its way past it. */
interface Place {
  readonly room?: string
  /** The places that it is tied to in the layer above, and below. */
  readonly above: Place[]
  readonly below: Place[]
  x: number
  readonly layer: number
}

/** Draws the rooms as an SVG, those that import above those that are imported; the same graph always gives the same text. */
export function drawRooms({ layers, arrows }: Graph): string {
  const places = new Map<string, Place>(
    [...layers].map(([room, layer]) => [room, { room, layer, above: [], below: [], x: 0 }]),
  )
  const ways = arrows.map((arrow) => ({ arrow, way: wayOf(arrow, places) }))
  const all = new Set([...places.values(), ...ways.flatMap(({ way }) => way)])
  const rows = Array.from({ length: Math.max(...layers.values()) + 1 }, (_, layer) =>
    [...all].filter((place) => place.layer === layer),
  )
  arrange(rows)
  const width = Math.max(...[...all].map(({ x }) => x)) + BOX.width / 2 + MARGIN
  const height = rows.length * (BOX.height + GAP.y) - GAP.y + 2 * MARGIN
  const y = (layer: number) => MARGIN + (rows.length - 1 - layer) * (BOX.height + GAP.y)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    '<title>The rooms of the house and what imports what</title>',
    `<style>
rect { fill: #f6f8fa; stroke: #59636e }
text { fill: #1f2328; font: 13px sans-serif; text-anchor: middle }
path { fill: none; stroke: #59636e; stroke-linecap: round }
polygon { fill: #59636e }
@media (prefers-color-scheme: dark) {
  rect { fill: #212830; stroke: #9198a1 }
  text { fill: #f0f6fc }
  path { stroke: #9198a1 }
  polygon { fill: #9198a1 }
}
</style>`,
    ...ways.flatMap(({ arrow, way }) => drawArrow(arrow, way, y)),
    ...[...places].flatMap(([room, { x, layer }]) => [
      `<rect x="${x - BOX.width / 2}" y="${y(layer)}" width="${BOX.width}" height="${BOX.height}" rx="5"/>`,
      ...label(room, x, y(layer)),
    ]),
    '</svg>\n',
  ].join('\n')
}

/** The name of a room, in two lines when it is a room in a room. */
function label(room: string, x: number, top: number): string[] {
  const lines = room.replace(/^src\//, '').split('/')
  return lines.map((line, index) => {
    const middle = top + BOX.height / 2 + (index - (lines.length - 1) / 2) * 16
    return `<text x="${x}" y="${middle + 4.5}">${line}${index < lines.length - 1 ? '/' : ''}</text>`
  })
}

/** The places of an arrow from its room down to the other, one a layer. */
function wayOf({ from, to }: Arrow, places: ReadonlyMap<string, Place>): Place[] {
  const [start, end] = [places.get(from), places.get(to)]
  if (start === undefined || end === undefined) return []
  const between = Array.from({ length: start.layer - end.layer - 1 }, (_, index): Place => ({
    layer: start.layer - 1 - index,
    above: [],
    below: [],
    x: 0,
  }))
  const way = [start, ...between, end]
  for (const [index, place] of way.entries()) {
    const lower = way[index + 1]
    if (lower === undefined) continue
    place.below.push(lower)
    lower.above.push(place)
  }
  return way
}

/** Gives each place its `x`: near what it is tied to, in turns downwards and upwards, and apart from its neighbours. */
function arrange(rows: Place[][]): void {
  const wide = ({ room }: Place) => (room === undefined ? LANE : BOX.width + GAP.x)
  for (const row of rows) spread(row, wide)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0
    for (const row of down ? rows.toReversed() : rows) {
      for (const place of row) {
        const ties =
          sweep > SWEEPS - 4 ? [...place.above, ...place.below] : down ? place.above : place.below
        if (ties.length > 0) place.x = ties.reduce((sum, { x }) => sum + x, 0) / ties.length
      }
      row.sort((one, other) => one.x - other.x)
      spread(row, wide)
    }
  }
  const left = Math.min(...rows.flat().map((place) => place.x))
  for (const place of rows.flat()) place.x = Math.round(place.x - left + BOX.width / 2 + MARGIN)
}

/** Moves the places of a row apart where they are too near, and as little as can be on the whole. */
function spread(row: readonly Place[], wide: (place: Place) => number): void {
  const groups: { places: Place[]; offsets: number[]; start: number; width: number }[] = []
  for (const place of row) {
    const width = wide(place)
    let group = { places: [place], offsets: [width / 2], start: place.x - width / 2, width }
    for (;;) {
      const before = groups.at(-1)
      if (before === undefined || before.start + before.width <= group.start) break
      groups.pop()
      const places = [...before.places, ...group.places]
      const offsets = [...before.offsets, ...group.offsets.map((each) => each + before.width)]
      const shifts = places.map(({ x }, index) => x - (offsets[index] ?? 0))
      const start = shifts.reduce((sum, each) => sum + each, 0) / shifts.length
      group = { places, offsets, start, width: before.width + group.width }
    }
    groups.push(group)
  }
  for (const { places, offsets, start } of groups)
    for (const [index, place] of places.entries()) place.x = start + (offsets[index] ?? 0)
}

/** A line through the places of its way, the thicker the more imports it stands for, in steps that seldom change. */
function drawArrow(
  { imports }: Arrow,
  way: readonly Place[],
  y: (layer: number) => number,
): string[] {
  const [start] = way
  const end = way.at(-1)
  if (start === undefined || end === undefined) return []
  const thickness = imports > 20 ? 3 : imports > 5 ? 2 : 1
  let path = `M${start.x} ${y(start.layer) + BOX.height}`
  for (const [index, { x, layer }] of way.slice(1).entries()) {
    const from = way[index] ?? start
    const [top, bottom] = [y(from.layer) + BOX.height, y(layer) - (layer === end.layer ? 7 : 0)]
    const middle = (top + bottom) / 2
    path += ` C${from.x} ${middle} ${x} ${middle} ${x} ${bottom}`
    if (layer !== end.layer) path += ` V${y(layer) + BOX.height}`
  }
  const tip = y(end.layer)
  return [
    `<path d="${path}" stroke-width="${thickness}"/>`,
    `<polygon points="${end.x},${tip} ${end.x - 4},${tip - 8} ${end.x + 4},${tip - 8}"/>`,
  ]
}
