import type { Sides } from '../../drawing/page.ts'
import { attributeOf, childOf, type Element } from '../../element.ts'
import { toNumber, toPoints, toShare } from '../../odf/measures.ts'
import { TEXT } from '../../odf/read-tree.ts'
import { type MasterPages, readLook } from '../../odf/styles.ts'
import { leavesRoom, type PrintSetup, toScale } from '../print-setup.ts'

/** How a page of LibreOffice is that says nothing, in points. */
const PAPER = { width: 595.3, height: 841.9 }
const MARGIN = 56.7

/** Smaller or larger paper there is not, in points. */
const [LEAST_PAPER, MOST_PAPER] = [100, 10_000]

/** More pages than a sheet has to fit on. */
const MOST_FIT = 32_767

/** How a sheet is put on paper, but for where its pages end, and whether what is 0 is seen. */
export interface OdsPrint {
  readonly setup: Omit<PrintSetup, 'rowBreaks' | 'columnBreaks'>
  readonly showsZeros: boolean
}

/**
 * Reads how sheets of a master page are put on paper.
 *
 * @param name - of the master page
 */
export function readOdsPrint(masters: MasterPages, name: string | undefined): OdsPrint {
  const master = masters.find(name) ?? masters.first
  const layout = masters.layoutOf(master)
  const properties = readLook(layout)['page-layout']?.attributes ?? {}
  const value = (property: string): string | undefined =>
    Object.hasOwn(properties, property) ? properties[property] : undefined
  const side = (property: string, usual: number): number => {
    const length = toPoints(value(property)) ?? usual
    return length >= LEAST_PAPER && length <= MOST_PAPER ? length : usual
  }
  const isTurned = value('print-orientation') === 'landscape'
  const paper = {
    width: side('page-width', isTurned ? PAPER.height : PAPER.width),
    height: side('page-height', isTurned ? PAPER.width : PAPER.height),
  }
  const margin = (edge: keyof Sides): number =>
    Math.max(0, toPoints(value(`margin-${edge}`) ?? value('margin')) ?? MARGIN)
  const fromEdge = { top: margin('top'), bottom: margin('bottom') }
  const header = shownOf(master, 'header')
  const footer = shownOf(master, 'footer')
  const margins = {
    left: margin('left'),
    right: margin('right'),
    top: fromEdge.top + (header ? heightOf(layout, 'header') : 0),
    bottom: fromEdge.bottom + (footer ? heightOf(layout, 'footer') : 0),
  }
  const hasRoom = leavesRoom(paper, margins)
  const usual = { left: MARGIN, right: MARGIN, top: MARGIN, bottom: MARGIN }
  const scale = toShare(value('scale-to'))
  const fit = readFit(value)
  const centred = value('table-centering') ?? ''
  return {
    setup: {
      paper,
      margins: hasRoom ? margins : usual,
      fromEdge: hasRoom ? fromEdge : { top: MARGIN / 2, bottom: MARGIN / 2 },
      scale: scale === undefined ? undefined : toScale(scale),
      fit,
      isChosen: fit !== undefined || isTurned || (scale ?? 1) !== 1,
      isAcrossFirst: value('print-page-order') === 'ltr',
      isCentred: {
        across: centred === 'horizontal' || centred === 'both',
        down: centred === 'vertical' || centred === 'both',
      },
      header: header ? toCodes(header) : '',
      footer: footer ? toCodes(footer) : '',
    },
    showsZeros: value('print')?.split(/\s+/).includes('zero-values') ?? true,
  }
}

/** How many pages a sheet has to fit on: side by side and below each other, or all in all. */
function readFit(value: (property: string) => string | undefined): PrintSetup['fit'] {
  const count = (property: string): number => {
    const read = toNumber(value(property)) ?? 0
    return Number.isInteger(read) && read > 0 ? Math.min(MOST_FIT, read) : 0
  }
  const [wide, high] = [count('scale-to-X'), count('scale-to-Y')]
  if (wide + high > 0) return { wide, high }
  // So many pages in any direction: the first of them are side by side.
  return count('scale-to-pages') === 1 ? { wide: 1, high: 1 } : undefined
}

function shownOf(master: Element | undefined, name: string): Element | undefined {
  const found = childOf(master, name)
  return attributeOf(found, 'display') === 'false' ? undefined : found
}

/** How much paper what is above or below the cells takes, with what is between. */
function heightOf(layout: Element | undefined, edge: 'header' | 'footer'): number {
  const properties = childOf(childOf(layout, `${edge}-style`), 'header-footer-properties')
  const told = attributeOf(properties, 'min-height') ?? attributeOf(properties, 'height')
  return Math.max(0, toPoints(told) ?? 0)
}

/** The parts of what is above or below cells, and the codes that workbooks of Excel have for where they stand. */
const REGIONS = [
  ['region-left', '&L'],
  ['region-center', '&C'],
  ['region-right', '&R'],
] as const

/** What is above or below cells, with the codes that workbooks of Excel have. */
function toCodes(edge: Element): string {
  const regions = REGIONS.flatMap(([name, code]) => {
    const region = childOf(edge, name)
    return region ? [code + textOf(region)] : []
  })
  return regions.length > 0 ? regions.join('') : `&C${textOf(edge)}`
}

const FIELDS: ReadonlyMap<string, string> = new Map(
  Object.entries({ 'page-number': '&P', 'page-count': '&N', 'sheet-name': '&A', s: ' ', tab: ' ' }),
)

/** What a field says is of when the file was saved; of those that nobody can know now it is left out. */
const UNKNOWN: ReadonlySet<string> = new Set(['date', 'time', 'file-name'])

function textOf(element: Element): string {
  return element.children
    .map((child, index) => {
      if (child.name === TEXT) return child.text.replaceAll('&', '&&')
      const field = FIELDS.get(child.name)
      if (field !== undefined) return field
      if (UNKNOWN.has(child.name)) return ''
      const isNext = child.name === 'p' && index > 0
      return (isNext ? '\n' : '') + textOf(child)
    })
    .join('')
}
