import { isOn } from '../../text/docx-story.ts'
import { attributeOf, childOf, childrenOf, type Element, linkOf } from '../element.ts'
import type { FlowBlock, FlowMargin, FlowSection } from '../flow/blocks.ts'
import { numberOf, twipsOf } from './measures.ts'
import { writeNumber } from './numbering.ts'
import { withPageNumber } from './page-codes.ts'

/** Which pages a header or a footer is on. */
export type MarginType = 'default' | 'first' | 'even'

/** The relationships of the headers and footers of a section, by what they are and where. */
export type MarginLinks = Readonly<Partial<Record<`${'header' | 'footer'} ${MarginType}`, string>>>

/** A section as it is read: how its pages are, and what is on them. */
export interface ReadSection {
  readonly properties: Element | undefined
  readonly blocks: readonly FlowBlock[]
}

/** Letter, in points, with an inch around. */
const PAGE = { width: 612, height: 792 }
const MARGIN = 72
const DISTANCE = 36
const GAP = 36

const SHORTEST = 36
const LONGEST = 1600

const MOST_COLUMNS = 12

const TYPES: readonly MarginType[] = ['default', 'first', 'even']

/** Reads which headers and footers a section has; it has those of the one before where it tells none. */
export function readMarginLinks(properties: Element | undefined, before: MarginLinks): MarginLinks {
  const links: Record<string, string> = { ...before }
  for (const kind of ['header', 'footer'] as const) {
    for (const each of childrenOf(properties, `${kind}Reference`)) {
      const told = attributeOf(each, 'type')
      const type = TYPES.find((name) => name === told) ?? 'default'
      const id = linkOf(each, 'id')
      if (id !== undefined) links[`${kind} ${type}`] = id
    }
  }
  return links
}

/** What sections are made with. */
export interface SectionTools {
  /** What is in a header or a footer, by its relationship. */
  readonly margins: ReadonlyMap<string, readonly FlowBlock[]>
  readonly links: MarginLinks
  /** Whether pages with even numbers have headers and footers of their own. */
  readonly hasEven: boolean
}

/** Makes a section (ECMA-376, part 1, 17.6). */
export function toSection({ properties, blocks }: ReadSection, tools: SectionTools): FlowSection {
  const size = childOf(properties, 'pgSz')
  const edges = childOf(properties, 'pgMar')
  const [width, height] = [
    side(twipsOf(size, 'w') ?? PAGE.width),
    side(twipsOf(size, 'h') ?? PAGE.height),
  ]
  const edge = (name: string): number => Math.abs(twipsOf(edges, name) ?? MARGIN)
  const gutter = Math.max(0, twipsOf(edges, 'gutter') ?? 0)
  const across = fitting(edge('left') + gutter, edge('right'), width)
  const down = fitting(edge('top'), edge('bottom'), height)
  const margins = { left: across[0], right: across[1], top: down[0], bottom: down[1] }
  const numbers = childOf(properties, 'pgNumType')
  const format = attributeOf(numbers, 'fmt') ?? 'decimal'
  const margin = (kind: 'header' | 'footer'): FlowMargin => ({
    distance: Math.max(0, twipsOf(edges, kind) ?? DISTANCE),
    blocksOf({ number, isFirst }) {
      const id = linkFor(kind, isFirst && hasTitle(properties), number, tools)
      return withPageNumber(tools.margins.get(id ?? '') ?? [], writeNumber(number, format))
    },
  })
  const start = numberOf(numbers, 'start')
  return {
    width,
    height,
    margins,
    columns: readColumns(childOf(properties, 'cols'), width - margins.left - margins.right),
    isContinuous: attributeOf(childOf(properties, 'type'), 'val') === 'continuous',
    blocks,
    header: margin('header'),
    footer: margin('footer'),
    firstNumber: start === undefined ? undefined : Math.trunc(start),
  }
}

function side(points: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, points))
}

/** Margins that leave nothing between them are none. */
function fitting(start: number, end: number, whole: number): readonly [number, number] {
  return whole - start - end >= SHORTEST / 2 ? [start, end] : [0, 0]
}

function hasTitle(properties: Element | undefined): boolean {
  const title = childOf(properties, 'titlePg')
  return title !== undefined && isOn(title.attributes)
}

function linkFor(
  kind: 'header' | 'footer',
  isTitle: boolean,
  number: number,
  { links, hasEven }: SectionTools,
): string | undefined {
  // A section that has a title has nothing on it unless it says so.
  if (isTitle) return links[`${kind} first`]
  if (hasEven && number % 2 === 0) return links[`${kind} even`]
  return links[`${kind} default`]
}

function readColumns(columns: Element | undefined, width: number): FlowSection['columns'] {
  const gap = Math.max(0, twipsOf(columns, 'space') ?? GAP)
  const own = childrenOf(columns, 'col')
    .slice(0, MOST_COLUMNS)
    .map((each) => ({ width: twipsOf(each, 'w') ?? 0, gap: twipsOf(each, 'space') ?? 0 }))
  const isEqual = !/^(0|false|off)$/.test(attributeOf(columns, 'equalWidth') ?? '1')
  if (!isEqual && own.length > 1 && own.every((each) => each.width > 0)) {
    let left = 0
    return own.map((each) => {
      const column = { left, width: each.width }
      left += each.width + each.gap
      return column
    })
  }
  const count = Math.min(MOST_COLUMNS, Math.max(1, Math.trunc(numberOf(columns, 'num') ?? 1)))
  const each = (width - gap * (count - 1)) / count
  if (count === 1 || each < SHORTEST / 2) return [{ left: 0, width }]
  return Array.from({ length: count }, (_, at) => ({ left: at * (each + gap), width: each }))
}
