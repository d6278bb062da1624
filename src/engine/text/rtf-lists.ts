/** What stands before an item of a list, by the numbers that `\levelnfc` has for it (RTF 1.9.1, "Level Structure"): a mark, or nothing. */
const UNNUMBERED: ReadonlySet<number> = new Set([23, 255])

/** The lists of a document. */
export interface RtfLists {
  /** Takes each control word of the document, since the tables of lists come before what is in them. */
  readonly control: (word: string, parameter: number | undefined) => void
  /** Whether items have numbers, by the number of their list and in how many others they are. */
  readonly areNumbered: (list: number, depth: number) => boolean
}

/** Begins to read the tables of lists. */
export function createRtfLists(): RtfLists {
  /** What is before the items of each level, by the id of a list. */
  const lists = new Map<number, readonly number[]>()
  /** The ids of lists by the numbers that paragraphs have for them. */
  const ids = new Map<number, number>()
  let levels: number[] = []
  let overridden: number | undefined
  let isOverride = false
  return {
    control(word, parameter = 0) {
      if (word === 'list') levels = []
      if (word === 'listlevel') levels.push(0)
      if (word === 'levelnfc' && levels.length > 0) levels[levels.length - 1] = parameter
      if (word === 'listoverride') {
        isOverride = true
        levels = []
      }
      if (word === 'listid') {
        if (isOverride) overridden = parameter
        else lists.set(parameter, levels)
      }
      if (word === 'ls' && isOverride) {
        if (overridden !== undefined) ids.set(parameter, overridden)
        isOverride = false
      }
    },
    areNumbered(list, depth) {
      const kind = lists.get(ids.get(list) ?? -1)?.[depth]
      return kind !== undefined && !UNNUMBERED.has(kind)
    },
  }
}
