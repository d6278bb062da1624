import type { House, Import } from './imports.ts'

/** The rooms, and what each may import: rooms, or single files of them. */
export type Rooms = Readonly<Record<string, readonly string[]>>

/** The innermost room that a file is in, if there is one. */
export function roomOf(file: string, rooms: Rooms): string | undefined {
  return Object.keys(rooms)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .toSorted((one, other) => other.length - one.length)[0]
}

/**
 * What breaks the rules, a sentence each: files that are in no room, imports that the table does not allow, and circles
 * of files.
 */
export function breaches({ files, imports }: House, rooms: Rooms): string[] {
  return [
    ...files
      .filter((file) => roomOf(file, rooms) === undefined)
      .map((file) => `${file} belongs to no room of scripts/rooms/table.ts.`),
    ...imports.flatMap((each) => refusal(each, rooms)),
    ...circles(imports.filter(({ loaded }) => !loaded)).map(
      (circle) => `${circle.join(' imports ')}, which is a circle.`,
    ),
  ]
}

function refusal({ from, to }: Import, rooms: Rooms): string[] {
  const [room, other] = [roomOf(from, rooms), roomOf(to, rooms)]
  if (room === undefined || other === undefined || room === other) return []
  const allowed = rooms[room] ?? []
  if (allowed.includes(other) || allowed.includes(to)) return []
  const rule = allowed.length === 0 ? 'imports no other room' : `may import ${allowed.join(', ')}`
  return [`${from} imports ${to}, but ${room} ${rule}.`]
}

/** Circles, each from a file back to itself: one for each import that leads back to where the search came from. */
function circles(imports: readonly Import[]): string[][] {
  const next = Map.groupBy(imports, ({ from }) => from)
  const done = new Set<string>()
  const found: string[][] = []
  const visit = (file: string, way: readonly string[]) => {
    const at = way.indexOf(file)
    if (at !== -1) found.push([...way.slice(at), file])
    if (at !== -1 || done.has(file)) return
    for (const { to } of next.get(file) ?? []) visit(to, [...way, file])
    done.add(file)
  }
  for (const { from } of imports) visit(from, [])
  return found
}
