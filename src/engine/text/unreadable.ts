/** What stands for bytes that are no letter in their encoding (Unicode Standard, 3.9). */
const REPLACEMENT = /\uFFFD/g

/** Counts in the pieces of a text what nobody can read. */
export interface UnreadableCount {
  readonly count: (piece: string) => void
  /** A sentence about it; none where all can be read. */
  readonly tell: () => readonly string[]
}

/** Begins to count. */
export function countUnreadable(): UnreadableCount {
  let found = 0
  return {
    count(piece) {
      found += piece.match(REPLACEMENT)?.length ?? 0
    },
    tell() {
      if (found === 0) return []
      const letters = found === 1 ? 'one letter' : `${found} letters`
      return [
        `The text is partly unreadable: it has U+FFFD in place of ${letters}, whose bytes are none in its encoding.`,
      ]
    },
  }
}
