import type { Cluster } from '../shaping/shape-paragraph.ts'

/** A line, without the blanks at its end. */
export interface BrokenLine {
  readonly clusters: readonly Cluster[]
  readonly width: number
  /** Whether the paragraph or the writer ends it, and not the width. */
  readonly ended: boolean
}

/** What there is for the lines of a paragraph. Lengths are in points. */
export interface LineRoom {
  /** For the first line, and for the others; infinite where nothing is to be broken. */
  readonly first: number
  readonly others: number
  /** False for words to stay whole that are wider than a line. */
  readonly withinWords: boolean
  /** How wide a tab is, by where it stands in its line. */
  readonly tabWidth: (x: number, isFirstLine: boolean) => number
}

/**
 * Breaks a paragraph into lines: behind blanks and hyphens, and within a word where it is wider than a line. There is a letter
 * in each line, however wide it is.
 */
export function breakLines(clusters: readonly Cluster[], room: LineRoom): readonly BrokenLine[] {
  const lines: BrokenLine[] = []
  let line: Cluster[] = []
  let width = 0
  /** How many clusters of the line are before the last place where it could be broken. */
  let place = 0

  function end(count: number, ended: boolean): void {
    lines.push(lineOf(line.slice(0, count), ended))
    const rest = line.slice(count)
    line = []
    width = 0
    place = 0
    for (const each of rest) add(each)
  }

  function add(cluster: Cluster): void {
    const isTab = cluster.kind === 'tab'
    const own = isTab ? room.tabWidth(width, lines.length === 0) : cluster.width
    line.push(isTab ? { ...cluster, width: own } : cluster)
    width += own
    if (cluster.breaksAfter && (cluster.kind === 'blank' || line.length > 1)) place = line.length
  }

  for (const cluster of clusters) {
    if (cluster.kind === 'line end') {
      end(line.length, true)
      continue
    }
    const most = lines.length === 0 ? room.first : room.others
    const breakable = place > 0 || (room.withinWords && line.length > 0)
    // Blanks may hang over the end, and so does a tab.
    const overflows = cluster.kind === 'letters' && width + cluster.width > most
    if (overflows && breakable) end(place > 0 ? place : line.length, false)
    add(cluster)
  }
  end(line.length, true)
  return lines
}

function lineOf(clusters: readonly Cluster[], ended: boolean): BrokenLine {
  const last = clusters.findLastIndex(({ kind }) => kind !== 'blank')
  const seen = clusters.slice(0, last + 1)
  return { clusters: seen, width: seen.reduce((sum, { width }) => sum + width, 0), ended }
}
