import type { Character } from './characters.ts'

/** Letters of scripts that are written from right to left. */
export const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

const LETTER = /\p{L}/u
/** Digits of all scripts are written from left to right. */
const DIGIT = /\p{Nd}/u
/** Stands before or behind a number and belongs to it, as in 12 % or $12. */
const OF_NUMBERS = /[%‰$€£¥₪#°+-]/
/** Joins two numbers to one, as in 12.5 and 2026-01-02. */
const JOINING = /^[.,:/+-]$/
/** Belongs to the letter before it. */
const MARK = /\p{M}/u

/** Brackets that show the other way round in a line from right to left. */
const PAIRS = ['()', '[]', '{}', '«»'] as const
const MIRRORED: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap(([open = '', close = '']) => [
    [open, close],
    [close, open],
  ]),
)

/** A letter with its marks, and how it is written. */
interface Cluster extends Character {
  readonly kind: 'right' | 'left' | 'number' | 'neutral'
  /** Whether it is a bracket among what is written from right to left. */
  readonly isTurned?: boolean
}

/** A line in the order in which it is read. */
type Line = readonly Cluster[]

/**
 * The letters of lines some of which are written from right to left, in the order in which they are read. PDFium turns most of it
 * round, but not words with hyphens and digits, and brackets always, though some fonts say which bracket is meant and others
 * which is seen.
 *
 * @returns undefined for a line that PDFium has right
 */
export function readRightToLeft(
  lines: readonly (readonly Character[])[],
): readonly (readonly Character[] | undefined)[] {
  const isLeftPage = isMostlyLeft(lines)
  const read = lines.map((line) =>
    isInvolved(line) ? toLogical(toClusters(line), isLeftPage) : undefined,
  )
  const verdicts = read.map((line) => line && judge(line))
  const turned = verdicts.filter((verdict) => verdict === 'turned').length
  const right = verdicts.filter((verdict) => verdict === 'right').length
  // What a line leaves open, such as one with half a pair, the others of its page tell.
  const usual = turned > right ? 'turned' : 'right'
  return read.map((line, index) => {
    const verdict = verdicts[index]
    return line && verdict && write(line, verdict === 'open' ? usual : verdict)
  })
}

/** Whether a line has letters of both directions, or brackets; all others PDFium has right. */
function isInvolved(line: readonly Character[]): boolean {
  const text = line.map((each) => each.text).join('')
  if (!RIGHT_TO_LEFT.test(text)) return false
  const others = text.replaceAll(new RegExp(RIGHT_TO_LEFT, 'g'), '')
  return /[\p{L}\p{Nd}()[\]{}«»]/u.test(others)
}

function toClusters(line: readonly Character[]): Cluster[] {
  const clusters: Cluster[] = []
  let made = 0
  for (const character of line) {
    const { text } = character
    const before = clusters.at(-1)
    if (character.isMade) made += 1
    else if (before !== undefined && MARK.test(text)) {
      clusters[clusters.length - 1] = { ...before, text: before.text + text }
    } else if (before !== undefined && isSameGlyph(before, character)) {
      clusters[clusters.length - 1] = { ...before, text: before.text + text }
    } else clusters.push({ ...character, kind: kindOf(text) })
  }
  return withBlanks(
    clusters.toSorted((one, other) => one.x - other.x),
    made,
  )
}

/** Whether letters are what one glyph shows, as lam and alef: those come in the order in which they are read, whatever is around. */
function isSameGlyph(one: Character, other: Character): boolean {
  const isThere = one.x === other.x && one.y === other.y
  const isAsWide = one.left === other.left && one.right === other.right
  return isThere && isAsWide && RIGHT_TO_LEFT.test(other.text)
}

function kindOf(text: string): Cluster['kind'] {
  if (DIGIT.test(text)) return 'number'
  if (RIGHT_TO_LEFT.test(text)) return 'right'
  return LETTER.test(text) ? 'left' : 'neutral'
}

/** Puts as many blanks as PDFium has made into the widest gaps. */
function withBlanks(clusters: readonly Cluster[], count: number): Cluster[] {
  const gaps = clusters
    .slice(1)
    .map(({ left }, index) => ({ index, width: left - (clusters[index]?.right ?? left) }))
    .toSorted((one, other) => other.width - one.width)
    .slice(0, count)
  const wide = new Set(gaps.map(({ index }) => index))
  return clusters.flatMap((cluster, index): Cluster[] => {
    const { right: x } = cluster
    const blank = {
      ...cluster,
      text: ' ',
      x,
      left: x,
      right: x,
      isMade: true,
      kind: 'neutral',
    } as const
    return wide.has(index) ? [cluster, blank] : [cluster]
  })
}

/** Whether there are more letters of the one direction than of the other. */
function isMostlyLeft(lines: readonly (readonly Character[])[]): boolean {
  const kinds = lines.flat().map(({ text }) => kindOf(text))
  const rights = kinds.filter((kind) => kind === 'right').length
  return kinds.filter((kind) => kind === 'left').length > rights
}

/** The order in which is read what stands from left to right: Unicode's algorithm (UAX 9) backwards. */
function toLogical(seen: readonly Cluster[], isLeftPage: boolean): Line {
  const runs = partRuns(seen)
  return isFromLeft(runs, isLeftPage) ? turnRightRuns(runs) : turnRuns(runs)
}

/** Whether a line is one from left to right with something else in it. One long word, such as an address, does not make it one. */
function isFromLeft(runs: readonly Run[], isLeftPage: boolean): boolean {
  const words = runs.flatMap(({ clusters }) => {
    const letters = clusters.filter(({ kind }) => kind === 'left' || kind === 'right')
    return letters.slice(0, 1).map(({ kind }) => kind)
  })
  const lefts = words.filter((kind) => kind === 'left').length
  if (lefts * 2 !== words.length) return lefts * 2 > words.length
  return words[0] === words.at(-1) ? words[0] === 'left' : isLeftPage
}

function turnRuns(runs: readonly Run[]): Line {
  return runs.toReversed().flatMap(({ clusters, isLeft }) => (isLeft ? clusters : turn(clusters)))
}

/** A part of a line that is read in one direction. */
interface Run {
  readonly clusters: readonly Cluster[]
  readonly isLeft: boolean
}

/** Words, numbers and what joins them are read from left to right, all else from right to left. */
function partRuns(seen: readonly Cluster[]): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < seen.length;) {
    const end = endOfLeft(seen, at)
    const isLeft = end > at
    let next = end
    while (!isLeft && next < seen.length && endOfLeft(seen, next) === next) next += 1
    runs.push({ clusters: seen.slice(at, next), isLeft })
    at = next
  }
  return runs
}

/** Where what begins at a place and is read from left to right ends; the place itself when nothing does. */
function endOfLeft(seen: readonly Cluster[], start: number): number {
  const isLeft = (index: number): boolean =>
    seen[index]?.kind === 'left' || seen[index]?.kind === 'number'
  const isOfNumber = (index: number): boolean => OF_NUMBERS.test(seen[index]?.text ?? '')
  let at = start
  // A sign before a number belongs to it.
  if (isOfNumber(at) && seen[at + 1]?.kind === 'number') at += 1
  if (!isLeft(at)) return start
  let hasLetter = false
  let end = at
  for (;;) {
    while (isLeft(end)) {
      hasLetter ||= seen[end]?.kind === 'left'
      end += 1
    }
    let next = end
    while (seen[next]?.kind === 'neutral') next += 1
    const between = seen
      .slice(end, next)
      .map(({ text }) => text)
      .join('')
    const isJoined = hasLetter || seen[next]?.kind === 'left' || JOINING.test(between)
    if (next === end || !isLeft(next) || !isJoined) break
    end = next
  }
  return seen[end - 1]?.kind === 'number' && isOfNumber(end) ? end + 1 : end
}

/** Of a line from left to right the parts that are not. */
function turnRightRuns(runs: readonly Run[]): Line {
  const line: Cluster[] = []
  let right: Run[] = []
  const flush = (): void => {
    // Blanks at the edges are of the line.
    const all = right.flatMap(({ clusters }) => clusters)
    const first = all.findIndex(({ kind }) => kind === 'right')
    const last = all.findLastIndex(({ kind }) => kind === 'right')
    const read = turnRuns(partRuns(all.slice(first, last + 1)))
    line.push(...all.slice(0, Math.max(0, first)), ...read, ...all.slice(last + 1))
    right = []
  }
  for (const run of runs) {
    const isWord = run.clusters.some(({ kind }) => kind === 'left')
    if (!isWord) right.push(run)
    else {
      flush()
      line.push(...run.clusters)
    }
  }
  flush()
  return line
}

function turn(clusters: readonly Cluster[]): Cluster[] {
  return clusters
    .toReversed()
    .map((cluster) => (MIRRORED.has(cluster.text) ? { ...cluster, isTurned: true } : cluster))
}

/** Whether the brackets of a line are right, or would be the other way round; open when it does not tell. */
function judge(line: Line): 'right' | 'turned' | 'open' {
  if (!line.some(({ isTurned }) => isTurned)) return 'right'
  const asIs = isBalanced(line.map(({ text }) => text))
  const turned = isBalanced(line.map(mirror))
  if (asIs === turned) return 'open'
  return asIs ? 'right' : 'turned'
}

function write(line: Line, verdict: 'right' | 'turned'): readonly Character[] {
  return verdict === 'turned'
    ? line.map((cluster) => ({ ...cluster, text: mirror(cluster) }))
    : line
}

function mirror({ text, isTurned }: Cluster): string {
  return isTurned === true ? (MIRRORED.get(text) ?? text) : text
}

function isBalanced(line: readonly string[]): boolean {
  return PAIRS.every(([open, close]) => {
    let depth = 0
    for (const text of line) {
      if (text === open) depth += 1
      if (text === close) depth -= 1
      if (depth < 0) return false
    }
    return depth === 0
  })
}
