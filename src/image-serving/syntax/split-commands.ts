/** A piece of a request between two `&`, as it is written: still encoded, and with the letters as they are. */
export type Piece =
  | { readonly kind: 'command'; readonly name: string; readonly value: string | undefined }
  | { readonly kind: 'variable'; readonly name: string; readonly value: string }
  | { readonly kind: 'macro'; readonly name: string }

const CLOSED_BY: Readonly<Record<string, string>> = { '(': ')', '{': '}' }

/**
 * Splits the query of a request at its `&`, and leaves those of nested requests, in `()` or `{}`, where they are. A bracket
 * that nothing closes is a letter like any other, so that a text may have a smiley. Comments, which begin with a point, and
 * empty pieces are dropped. (Adobe's r-basic-syntax: split first, decode each value afterwards.)
 *
 * @param query - without the `?` before it
 */
export function splitCommands(query: string): readonly Piece[] {
  return splitTexts(query).flatMap((text) => readPiece(text.trim()) ?? [])
}

/** The texts between those `&`, comments and empty ones among them. */
export function splitTexts(query: string): readonly string[] {
  const texts: string[] = []
  let start = 0
  const closings = findClosings(query)
  for (let at = 0; at <= query.length; at += 1) {
    const closing = closings.get(at)
    if (closing !== undefined) at = closing
    else if (at === query.length || query[at] === '&') {
      texts.push(query.slice(start, at))
      start = at + 1
    }
  }
  return texts
}

/** Where the bracket at each place is closed, for those that are. */
function findClosings(text: string): ReadonlyMap<number, number> {
  const closings = new Map<number, number>()
  const open: { readonly at: number; readonly closedBy: string }[] = []
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? ''
    const closedBy = CLOSED_BY[letter]
    if (closedBy !== undefined) open.push({ at, closedBy })
    else if (letter === ')' || letter === '}') {
      const opener = open.findLastIndex((each) => each.closedBy === letter)
      const [closed] = opener === -1 ? [] : open.splice(opener)
      if (closed) closings.set(closed.at, at)
    }
  }
  return closings
}

function readPiece(text: string): Piece | undefined {
  if (text === '' || text.startsWith('.')) return undefined
  const { name: macro } = /^\$(?<name>[\w.-]+)\$$/.exec(text)?.groups ?? {}
  if (macro !== undefined) return { kind: 'macro', name: macro }
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  const value = equals === -1 ? undefined : text.slice(equals + 1)
  const { name: variable } = /^\$(?<name>[\w.-]+)$/.exec(name)?.groups ?? {}
  if (variable !== undefined) return { kind: 'variable', name: variable, value: value ?? '' }
  return { kind: 'command', name, value }
}
