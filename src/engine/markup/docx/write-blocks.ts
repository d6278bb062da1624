import type { Block, Cell, Direction, Inline, List, Table } from '../rich-text.ts'
import { type Place, placesOf } from '../table-grid.ts'
import { LEVEL_INDENT, LIST_LEVELS, type Numbering } from './numbering.ts'
import { type LineParts, writeLine, writeRun } from './write-line.ts'

/** Where blocks stand. */
interface Surroundings {
  /** How many lists and quotes they are in. */
  readonly depth: number
  readonly isQuote: boolean
  /** How many lists they are in, which is one more than the level of an item. */
  readonly lists: number
  /** The list that the next paragraph is the first of an item of. */
  readonly item?: number | undefined
}

const BODY: Surroundings = { depth: 0, isQuote: false, lists: 0 }

/** As wide as the text of a page, in twentieths of a point. */
const TEXT_WIDTH = 9072

/** The body of a document. */
export function writeBody(
  body: readonly Block[],
  parts: LineParts & { readonly numbering: Numbering },
): string {
  return body.map((block) => writeBlock(block, BODY)).join('')

  function writeBlock(block: Block, around: Surroundings): string {
    switch (block.kind) {
      case 'heading':
        return paragraph(`Heading${block.level}`, block, around)
      case 'paragraph':
        return paragraph(styleOf(around), block, around)
      case 'code': {
        const runs = writeRun(block.text, '')
        return `<w:p>${properties('SourceCode', undefined, around)}${runs}</w:p>`
      }
      case 'rule':
        return '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr></w:pPr></w:p>'
      case 'quote':
        return writeAll(block.blocks, { ...around, depth: around.depth + 1, isQuote: true })
      case 'list':
        return writeList(block, around)
      case 'table':
      default:
        return numbered(around) + writeTable(block)
    }
  }

  /** What follows the first block of an item has no number of its own. */
  function writeAll(some: readonly Block[], around: Surroundings): string {
    return some
      .map((block, index) =>
        writeBlock(block, index === 0 ? around : { ...around, item: undefined }),
      )
      .join('')
  }

  function paragraph(
    style: string | undefined,
    line: { readonly content: readonly Inline[]; readonly direction: Direction | undefined },
    around: Surroundings,
  ): string {
    const { content, direction } = line
    return `<w:p>${properties(style, direction, around)}${writeLine(content, direction, parts)}</w:p>`
  }

  function writeList({ isOrdered, start, items }: List, around: Surroundings): string {
    const level = Math.min(around.lists, LIST_LEVELS - 1)
    const item = parts.numbering.add({ isOrdered, start, level })
    const within = { ...around, depth: around.depth + 1, lists: around.lists + 1, item }
    const first = around.item === undefined ? '' : numbered(around)
    return (
      first +
      items
        .map((blocks) => (blocks.length === 0 ? numbered(within) : writeAll(blocks, within)))
        .join('')
    )
  }

  function writeTable(table: Table): string {
    const rows = placesOf(table)
    const [most = 1] = rows.map(columnsOf).toSorted((one, other) => other - one)
    const width = Math.floor(TEXT_WIDTH / Math.max(1, most))
    const grid = Array.from({ length: most }, () => `<w:gridCol w:w="${width}"/>`).join('')
    const turned = table.direction === 'rtl' ? '<w:bidiVisual/>' : ''
    const written = rows.map((places, index) => {
      const cells = table.rows[index] ?? []
      const isHead = cells.length > 0 && cells.every(({ isHeader }) => isHeader)
      // Only rows at the top are repeated on each page.
      const isRepeated = isHead && table.rows.slice(0, index).every(isHeadRow)
      const head = isRepeated ? '<w:trPr><w:tblHeader/></w:trPr>' : ''
      const missing = most - columnsOf(places)
      const all = missing > 0 ? [...places, ...Array<undefined>(missing)] : places
      return `<w:tr>${head}${all.map((place) => writeCell(place, width)).join('')}</w:tr>`
    })
    // Word joins tables that stand beside each other, and wants a paragraph at the end of a cell.
    return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>${turned}<w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${written.join('')}</w:tbl><w:p/>`
  }

  function writeCell(place: Place | undefined, width: number): string {
    const { columns, rows, blocks, isHeader } = place?.cell ?? EMPTY
    const wide = columns > 1 ? `<w:gridSpan w:val="${columns}"/>` : ''
    const high =
      rows > 1 ? (place?.isStart === true ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>') : ''
    const shown = place?.isStart === true ? blocks : []
    const content = (isHeader ? shown.map(strong) : shown).map((block) => writeBlock(block, BODY))
    const end = content.at(-1)?.endsWith('</w:p>') === true ? '' : '<w:p/>'
    return `<w:tc><w:tcPr><w:tcW w:w="${width * columns}" w:type="dxa"/>${wide}${high}</w:tcPr>${content.join('')}${end}</w:tc>`
  }
}

const EMPTY: Cell = { blocks: [], isHeader: false, columns: 1, rows: 1 }

function isHeadRow(cells: readonly Cell[]): boolean {
  return cells.every(({ isHeader }) => isHeader)
}

function columnsOf(places: readonly (Place | undefined)[]): number {
  return places.reduce((sum, place) => sum + (place?.cell.columns ?? 1), 0)
}

/** The lines of the head of a table are bold, as browsers have them. */
function strong(block: Block): Block {
  if (block.kind !== 'paragraph') return block
  const content = block.content.map((each): Inline =>
    each.kind === 'text' && !each.marks.includes('strong')
      ? { ...each, marks: [...each.marks, 'strong'] }
      : each,
  )
  return { ...block, content }
}

function styleOf({ item, isQuote }: Surroundings): string | undefined {
  if (item !== undefined) return 'ListParagraph'
  return isQuote ? 'Quote' : undefined
}

/** An item that begins with something that has no number. */
function numbered(around: Surroundings): string {
  return around.item === undefined
    ? ''
    : `<w:p>${properties('ListParagraph', undefined, around)}</w:p>`
}

/** In the order in which the schema has them. */
function properties(
  style: string | undefined,
  direction: Direction | undefined,
  { depth, item, lists, isQuote }: Surroundings,
): string {
  const level = Math.min(lists, LIST_LEVELS) - 1
  // A quote by itself is as far in as its style says.
  const isIndented = item === undefined && depth > (isQuote && style === 'Quote' ? 1 : 0)
  const written = [
    style === undefined ? '' : `<w:pStyle w:val="${style}"/>`,
    item === undefined
      ? ''
      : `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${item}"/></w:numPr>`,
    direction === 'rtl' ? '<w:bidi/>' : '',
    isIndented ? `<w:ind w:left="${depth * LEVEL_INDENT}"/>` : '',
  ].join('')
  return written === '' ? '' : `<w:pPr>${written}</w:pPr>`
}
