import { attributeOf, childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { lengthOf, toNumber, toPoints, twips } from '../measures.ts'
import { type Look, type MasterPages, partOf, readLook, valueOf } from '../styles.ts'

/** A4 with margins of two centimetres, in points. */
const PAGE = { width: 595.3, height: 841.9, margin: 56.7 }

/** The least that a header or a footer is as high as: a line. */
const LINE = 14

/** What is in a margin of pages, and which pages it is on. */
export interface MarginContent {
  readonly kind: 'header' | 'footer'
  readonly type: 'default' | 'first' | 'even'
  /** Undefined for nothing, which is not what the pages before have there. */
  readonly element: Element | undefined
  /** What is left free between it and the text, in points. */
  readonly distance: number
}

/** How the pages of a master page are. */
export interface PageSetup {
  readonly name: string
  /** How wide the text is, in points. */
  readonly room: number
  readonly margins: readonly MarginContent[]
  /** Size, margins and columns, as a section of Word has them. */
  readonly properties: readonly Element[]
  /** Whether the first page has other margins. */
  readonly hasFirst: boolean
}

/** How pages are, by the names of master pages. */
export interface PageSetups {
  readonly usualRoom: number
  /** That of a master page; of the usual one where there is none of the name. */
  readonly find: (name: string | undefined) => PageSetup
}

/** Reads how pages are (OpenDocument 1.3, part 3, 16.5). */
export function createPageSetups(masters: MasterPages): PageSetups {
  const known = new Map<Element | undefined, PageSetup>()
  const find = (name: string | undefined): PageSetup => {
    const master = masters.find(name) ?? masters.first
    const setup = known.get(master) ?? readSetup(master, masters)
    known.set(master, setup)
    return setup
  }
  return { usualRoom: find(undefined).room, find }
}

function readSetup(master: Element | undefined, masters: MasterPages): PageSetup {
  // A page that only ever is the first is followed by another one.
  const next = masters.find(attributeOf(master, 'next-style-name'))
  const others = next === undefined || next === master ? master : next
  const layout = masters.layoutOf(others)
  const look = readLook(layout)
  const value = (name: string): number | undefined => toPoints(valueOf(look, 'page-layout', name))
  const width = value('page-width') ?? PAGE.width
  const height = value('page-height') ?? PAGE.height
  const edge = (side: string): number =>
    Math.max(0, value(`margin-${side}`) ?? value('margin') ?? PAGE.margin)
  const ofOthers = readMargins(others, layout)
  const ofFirst =
    others === master
      ? ofOthers.filter(({ type }) => type === 'first')
      : readMargins(master, masters.layoutOf(master))
          .filter(({ type }) => type === 'default')
          .map((each) => ({ ...each, type: 'first' as const }))
  const margins = [...ofOthers.filter(({ type }) => type !== 'first'), ...ofFirst]
  const [top, bottom] = (['header', 'footer'] as const).map((kind) =>
    margins.some((each) => each.kind === kind) ? takenBy(kind, layout) : 0,
  )
  const room = Math.max(1, width - edge('left') - edge('right'))
  return {
    name: attributeOf(master, 'name') ?? '',
    room,
    margins: allMargins(margins),
    hasFirst: others !== master || ofFirst.length > 0,
    properties: [
      makeElement('pgSz', { w: twips(width), h: twips(height) }),
      makeElement('pgMar', {
        left: twips(edge('left')),
        right: twips(edge('right')),
        top: twips(edge('top') + (top ?? 0)),
        bottom: twips(edge('bottom') + (bottom ?? 0)),
        header: twips(edge('top')),
        footer: twips(edge('bottom')),
      }),
      writeColumns(partOf(look, 'page-layout', 'columns'), room),
    ].filter((each) => each !== undefined),
  }
}

/** What is on which pages: those with even numbers, and first ones that are told apart, may have what all have. */
function allMargins(margins: readonly MarginContent[]): readonly MarginContent[] {
  return (['header', 'footer'] as const).flatMap((kind) => {
    const find = (type: MarginContent['type']): MarginContent | undefined =>
      margins.find((each) => each.kind === kind && each.type === type)
    const none = { kind, element: undefined, distance: 0 }
    const usual: MarginContent = find('default') ?? { ...none, type: 'default' }
    return [
      usual,
      find('even') ?? { ...usual, type: 'even' as const },
      find('first') ?? { ...none, type: 'first' as const },
    ]
  })
}

/** How a header or a footer is. */
function marginLook(kind: 'header' | 'footer', layout: Element | undefined): Look {
  return readLook(childOf(layout, `${kind}-style`))
}

/** What is always free between a header or a footer and the text. */
function distanceOf(kind: 'header' | 'footer', layout: Element | undefined): number {
  const look = marginLook(kind, layout)
  // A distance that is dynamic gives way to what is in the margin.
  if (valueOf(look, 'header-footer', 'dynamic-spacing') === 'true') return 0
  const side = kind === 'header' ? 'margin-bottom' : 'margin-top'
  return Math.max(0, toPoints(valueOf(look, 'header-footer', side)) ?? 0)
}

/** What a header or a footer takes of the page, what is free beside it included. */
function takenBy(kind: 'header' | 'footer', layout: Element | undefined): number {
  const look = marginLook(kind, layout)
  const heights = ['min-height', 'height'].map((name) =>
    toPoints(valueOf(look, 'header-footer', name)),
  )
  return Math.max(LINE + distanceOf(kind, layout), ...heights.map((each) => each ?? 0))
}

const KINDS = [
  ['header', 'header', 'default'],
  ['header-first', 'header', 'first'],
  ['header-left', 'header', 'even'],
  ['footer', 'footer', 'default'],
  ['footer-first', 'footer', 'first'],
  ['footer-left', 'footer', 'even'],
] as const

function readMargins(
  master: Element | undefined,
  layout: Element | undefined,
): readonly MarginContent[] {
  const found = KINDS.flatMap(([name, kind, type]): MarginContent[] => {
    const element = childOf(master, name)
    if (element === undefined || attributeOf(element, 'display') === 'false') return []
    return [{ kind, type, element, distance: distanceOf(kind, layout) }]
  })
  return found
}

/** More columns than a page has. */
const MOST_COLUMNS = 12

/** Columns as a section of Word has them; undefined for one. */
export function writeColumns(columns: Element | undefined, room: number): Element | undefined {
  const count = Math.min(
    MOST_COLUMNS,
    Math.trunc(toNumber(attributeOf(columns, 'column-count')) ?? 1),
  )
  if (columns === undefined || count < 2) return undefined
  const own = columns.children.filter(({ name }) => name === 'column').slice(0, count)
  const gap = lengthOf(columns, 'column-gap') ?? 0
  const shares = own.map((each) => Number.parseFloat(attributeOf(each, 'rel-width') ?? '') || 0)
  const sum = shares.reduce((total, each) => total + each, 0)
  if (own.length < count || sum <= 0) {
    return makeElement('cols', { num: String(count), space: twips(gap) })
  }
  const edges = own.map((each) => ({
    start: lengthOf(each, 'start-indent') ?? 0,
    end: lengthOf(each, 'end-indent') ?? 0,
  }))
  const widths = shares.map((each, index) => {
    const { start = 0, end = 0 } = edges[index] ?? {}
    return Math.max(1, (each / sum) * room - start - end)
  })
  const isEqual = widths.every((width) => Math.abs(width - (widths[0] ?? 0)) < 1)
  const between = (index: number): number =>
    (edges[index]?.end ?? 0) + (edges[index + 1]?.start ?? 0) || gap
  if (isEqual) return makeElement('cols', { num: String(count), space: twips(between(0)) })
  return makeElement(
    'cols',
    { num: String(count), equalWidth: '0' },
    widths.map((width, index) =>
      makeElement('col', {
        w: twips(width),
        space: twips(index === widths.length - 1 ? 0 : between(index)),
      }),
    ),
  )
}
