/**
 * Takes something out of one of several lines, each of them in its turn: the line that has given something goes behind the others,
 * and one that gives nothing now keeps its place.
 *
 * @param lines - the one whose turn it is comes first; those that are empty are left out from then on
 * @param take - takes the next out of a line; undefined when nothing in it may go now
 */
export function takeInTurn<Line, Item>(
  lines: Map<string, Line>,
  take: (line: Line, name: string) => Item | undefined,
  isEmpty: (line: Line) => boolean,
): Item | undefined {
  for (const [name, line] of lines) {
    const item = take(line, name)
    if (item === undefined) continue
    lines.delete(name)
    if (!isEmpty(line)) lines.set(name, line)
    return item
  }
  return undefined
}
