import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'
import {
  changeBorder,
  type RtfBorder,
  type RtfTables,
  writeFlag,
  writeRtfBorders,
} from './rtf-looks.ts'

/** How a paragraph looks; lengths are in twentieths of a point. */
export interface RtfParagraph {
  align: string
  left: number
  right: number
  first: number
  before: number
  after: number
  lines: number
  areLinesShares: boolean
  ground: number
  keepsNext: boolean
  keepsLines: boolean
  breaksBefore: boolean
  isReversed: boolean
  isInTable: boolean
  isContextual: boolean
  readonly tabs: {
    readonly at: number
    readonly kind: string
    readonly leader: string | undefined
  }[]
  readonly borders: Map<string, RtfBorder>
  /** The sides of which a border is being told, and what the next tab stop is. */
  sides: readonly string[]
  tab: { kind: string; leader: string | undefined }
}

/** More tab stops than anybody sets. */
const MOST_TABS = 60

/** A paragraph that nothing is said of. */
export function newParagraph(): RtfParagraph {
  return {
    align: 'left',
    left: 0,
    right: 0,
    first: 0,
    before: 0,
    after: 0,
    lines: 0,
    areLinesShares: false,
    ground: 0,
    keepsNext: false,
    keepsLines: false,
    breaksBefore: false,
    isReversed: false,
    isInTable: false,
    isContextual: false,
    tabs: [],
    borders: new Map(),
    sides: [],
    tab: { kind: 'left', leader: undefined },
  }
}

const ALIGNS: ReadonlyMap<string, string> = new Map([
  ['ql', 'left'],
  ['qr', 'right'],
  ['qc', 'center'],
  ['qj', 'both'],
])

const SIDES: ReadonlyMap<string, readonly string[]> = new Map([
  ['brdrt', ['top']],
  ['brdrb', ['bottom']],
  ['brdrl', ['left']],
  ['brdrr', ['right']],
  ['box', ['top', 'left', 'bottom', 'right']],
])

/** Lengths by their control words. */
const LENGTHS = {
  li: 'left',
  lin: 'left',
  ri: 'right',
  rin: 'right',
  fi: 'first',
  sb: 'before',
  sa: 'after',
  cbpat: 'ground',
} as const

const FLAGS = {
  keepn: 'keepsNext',
  keep: 'keepsLines',
  pagebb: 'breaksBefore',
  intbl: 'isInTable',
  contextualspace: 'isContextual',
} as const

function isKey<Table extends object>(table: Table, word: string): word is keyof Table & string {
  return Object.hasOwn(table, word)
}

/** Takes a control word that is about a paragraph; others are passed over. */
export function changeParagraph(paragraph: RtfParagraph, word: string, parameter = 0): void {
  const align = ALIGNS.get(word)
  if (align !== undefined) paragraph.align = align
  if (isKey(LENGTHS, word)) paragraph[LENGTHS[word]] = parameter
  if (isKey(FLAGS, word)) paragraph[FLAGS[word]] = true
  if (word === 'rtlpar') paragraph.isReversed = true
  if (word === 'ltrpar') paragraph.isReversed = false
  if (word === 'sl') paragraph.lines = parameter
  if (word === 'slmult') paragraph.areLinesShares = parameter === 1
  // What is said of cells and rows is of no paragraph.
  if (/^(?:cl|tr)brdr/.test(word)) paragraph.sides = []
  const sides = SIDES.get(word)
  if (sides !== undefined) paragraph.sides = sides
  for (const side of paragraph.sides) {
    const border = changeBorder(paragraph.borders.get(side), word, parameter)
    if (border !== undefined) paragraph.borders.set(side, border)
  }
  if (word === 'tqc') paragraph.tab.kind = 'center'
  if (word === 'tqr' || word === 'tqdec') paragraph.tab.kind = 'right'
  if (word === 'tldot') paragraph.tab.leader = 'dot'
  if (word === 'tlhyph') paragraph.tab.leader = 'hyphen'
  if (word === 'tlul') paragraph.tab.leader = 'underscore'
  if (word === 'tx' && paragraph.tabs.length < MOST_TABS) {
    paragraph.tabs.push({ at: parameter, ...paragraph.tab })
    paragraph.tab = { kind: 'left', leader: undefined }
  }
}

/** A line, in 240ths, and a point in twentieths. */
function writeSpacing({ before, after, lines, areLinesShares }: RtfParagraph): Element {
  const rule = lines === 0 ? undefined : areLinesShares ? 'auto' : lines < 0 ? 'exact' : 'atLeast'
  return makeElement('spacing', {
    before: String(Math.max(0, before)),
    after: String(Math.max(0, after)),
    line: rule === undefined ? undefined : String(Math.abs(lines)),
    lineRule: rule,
  })
}

/** Writes how a paragraph looks as Word has it. */
export function writeRtfParagraph(
  paragraph: RtfParagraph,
  tables: RtfTables,
  mark: Element,
): Element {
  const { left, right, first, align, isReversed, tabs } = paragraph
  const ground = paragraph.ground === 0 ? undefined : tables.colour(paragraph.ground)
  return makeElement('pPr', {}, [
    writeFlag('keepNext', paragraph.keepsNext),
    writeFlag('keepLines', paragraph.keepsLines),
    writeFlag('pageBreakBefore', paragraph.breaksBefore),
    writeFlag('bidi', isReversed),
    writeFlag('contextualSpacing', paragraph.isContextual),
    writeRtfBorders('pBdr', paragraph.borders, tables),
    ground === undefined ? undefined : makeElement('shd', { val: 'clear', fill: ground }),
    tabs.length === 0
      ? undefined
      : makeElement(
          'tabs',
          {},
          tabs.map(({ at, kind, leader }) =>
            makeElement('tab', { pos: String(at), val: kind, leader }),
          ),
        ),
    writeSpacing(paragraph),
    makeElement('ind', {
      left: String(left),
      right: String(right),
      ...(first < 0 ? { hanging: String(-first) } : { firstLine: String(first) }),
    }),
    makeElement('jc', { val: isReversed && align === 'left' ? 'right' : align }),
    mark,
  ])
}
