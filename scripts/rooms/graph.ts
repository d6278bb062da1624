import type { House } from './imports.ts'
import { type Rooms, roomOf } from './rules.ts'

/** An arrow of the picture: how many imports of one room's files lead to another room. */
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly imports: number
}

/** The rooms that have files, each with its layer: above everything that it imports, the lowest is 0. */
export interface Graph {
  readonly layers: ReadonlyMap<string, number>
  /** Without those that others imply: where A imports B, and B imports C, an arrow from A to C tells nothing new. */
  readonly arrows: readonly Arrow[]
}

/**
 * The graph of the rooms.
 *
 * @param house - has no imports that break the rules, so no circle of rooms either
 */
export function graphOf({ files, imports }: House, rooms: Rooms): Graph {
  const pairs = imports.flatMap(({ from, to }) => {
    const [room, other] = [roomOf(from, rooms), roomOf(to, rooms)]
    return room === undefined || other === undefined || room === other ? [] : [[room, other]]
  })
  const used = Object.keys(rooms).filter((room) =>
    files.some((file) => roomOf(file, rooms) === room),
  )
  const next = new Map(
    used.map((room) => [
      room,
      new Set(pairs.flatMap(([from, to = '']) => (from === room ? [to] : []))),
    ]),
  )
  const reaches = (from: string, to: string): boolean =>
    from === to || [...(next.get(from) ?? [])].some((each) => reaches(each, to))
  const layer = (room: string): number =>
    Math.max(-1, ...[...(next.get(room) ?? [])].map(layer)) + 1
  return {
    layers: new Map(used.map((room) => [room, layer(room)])),
    arrows: used.flatMap((from) => {
      const others = [...(next.get(from) ?? [])]
      return others
        .filter((to) => !others.some((by) => by !== to && reaches(by, to)))
        .map((to) => ({
          from,
          to,
          imports: pairs.filter((pair) => pair[0] === from && pair[1] === to).length,
        }))
    }),
  }
}
