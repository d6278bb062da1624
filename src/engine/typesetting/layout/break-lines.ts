import type { Cluster, Glyph } from '../shaping/shape-paragraph.ts'
import type { TabStop } from '../text-content.ts'

/** A line, without the blanks at its end. */
export interface BrokenLine {
  readonly clusters: readonly Cluster[]
  readonly width: number
  /** Whether the paragraph or the writer ends it, and not the width. */
  readonly ended: boolean
}

/** What there is for the lines of a paragraph. Lengths are in points. */
export interface LineRoom {
  /** For each line, from 0; infinite where nothing is to be broken. */
  readonly widthOf: (line: number) => number
  /** False for words to stay whole that are wider than a line. */
  readonly withinWords: boolean
  /** Where a tab leads to that stands at a place of its line; both from where the line begins. */
  readonly nextStop: (x: number, line: number) => TabStop
}

/**
 * Breaks a paragraph into lines: behind blanks and hyphens, and within a word where it is wider than a line. There is a letter
 * in each line, however wide it is.
 */
export function breakLines(clusters: readonly Cluster[], room: LineRoom): readonly BrokenLine[] {
  const lines: BrokenLine[] = []
  let line: Cluster[] = []
  let width = 0
  /** Where the line ends at the least: at a stop beyond its width that letters end at. */
  let reach = 0
  /** How many clusters of the line are before the last place where it could be broken. */
  let place = 0

  function end(count: number, ended: boolean): void {
    lines.push(lineOf(line.slice(0, count), ended))
    const rest = line.slice(count)
    line = []
    width = 0
    reach = 0
    place = 0
    for (const each of rest) add(each)
  }

  /** @param next - which of the clusters comes behind it */
  function add(cluster: Cluster, next = clusters.length): void {
    const added = cluster.kind === 'tab' ? setTab(cluster, next) : cluster
    line.push(added)
    width += added.width
    if (cluster.breaksAfter && (cluster.kind === 'blank' || line.length > 1)) place = line.length
  }

  function setTab(tab: Cluster, next: number): Cluster {
    const { at, align = 'left', leader } = room.nextStop(width, lines.length)
    const behind = align === 'left' ? 0 : widthUpToTab(clusters, next)
    if (align !== 'left') reach = Math.max(reach, at)
    const own = Math.max(0, at - width - behind * BEFORE_STOP[align])
    return { ...tab, width: own, glyphs: leader === undefined ? [] : fill(tab, leader, own) }
  }

  for (const [index, cluster] of clusters.entries()) {
    if (cluster.kind === 'line end') {
      end(line.length, true)
      continue
    }
    const most = Math.max(reach, room.widthOf(lines.length))
    const breakable = place > 0 || (room.withinWords && line.length > 0)
    // Blanks may hang over the end, and so does a tab.
    const overflows = cluster.kind === 'letters' && width + cluster.width > most
    if (overflows && breakable) end(place > 0 ? place : line.length, false)
    add(cluster, index + 1)
  }
  end(line.length, true)
  return lines
}

/** How much of what is behind a tab stands before its stop. */
const BEFORE_STOP = { left: 0, centre: 0.5, right: 1 }

/** As many clusters behind a tab are looked at; what is longer fills a line anyway. */
const MOST_BEHIND = 500

function widthUpToTab(clusters: readonly Cluster[], from: number): number {
  let width = 0
  for (const { kind, width: own } of clusters.slice(from, from + MOST_BEHIND)) {
    if (kind === 'tab' || kind === 'line end') break
    width += own
  }
  return width
}

/** Letters that fill a tab, from its end to its start. */
function fill({ font: { face }, look }: Cluster, leader: string, width: number): readonly Glyph[] {
  const [letter] = face.shape(leader, { rightToLeft: false, kerning: false, ligatures: false })
  const advance = ((letter?.advance ?? 0) / face.unitsPerEm) * look.size.x
  if (letter === undefined || advance < LEAST_ADVANCE) return []
  return Array.from({ length: Math.floor(width / advance) }, (_, index) => ({
    id: letter.id,
    x: width - (index + 1) * advance,
    y: 0,
  }))
}

/** In points; what advances less would fill a tab with more letters than anybody sees. */
const LEAST_ADVANCE = 0.25

function lineOf(clusters: readonly Cluster[], ended: boolean): BrokenLine {
  const last = clusters.findLastIndex(({ kind }) => kind !== 'blank')
  const seen = clusters.slice(0, last + 1)
  return { clusters: seen, width: seen.reduce((sum, { width }) => sum + width, 0), ended }
}
