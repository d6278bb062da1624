import { attributeOf, childrenOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { toNumber, toPoints } from '../measures.ts'
import { type Look, OUTLINE, readLook, valueOf } from '../styles.ts'
import { indentsOf, levelOf } from './lists.ts'
import type { OdtContext } from './odt-context.ts'
import { isDrawn, writeDrawings } from './write-frame.ts'
import { writeParagraph } from './write-paragraph.ts'
import { writeTable } from './write-table.ts'

/** Lists and holders within each other that are written. */
const MOST_WITHIN = 30

/** More lists than a document goes on with later. */
const MOST_KNOWN = 10_000

/** Elements that hold blocks as they hold anything. */
const HOLDERS: ReadonlySet<string> = new Set(
  'section index-body index-title table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography numbered-paragraph'.split(
    ' ',
  ),
)

/** Whether an element holds blocks, as a section does. */
export function isHolder({ name }: Element): boolean {
  return HOLDERS.has(name)
}

/** A list that has begun: what Word calls it, for each style that its levels have. */
type ListIds = Map<string, string>

/** What blocks are in. */
interface Within {
  readonly ids: ListIds
  readonly style: string | undefined
  /** The level of the list, 0 the first. */
  readonly level: number
  /** Whether the next paragraph is the first of its item, which has the label. */
  readonly item: { isNew: boolean } | undefined
}

/** Writes the blocks of a part in their order. */
export interface BlockWriter {
  readonly add: (element: Element) => void
  readonly take: () => Element[]
}

/** Makes what writes blocks. */
export function createBlockWriter(context: OdtContext): BlockWriter {
  let blocks: Element[] = []
  /** What is anchored to the page, until there is a paragraph. */
  let waiting: Element[] = []
  let breaksNext = false
  /** Lists that may be gone on with, by their names, and the last of each style. */
  const known = new Map<string, ListIds>()
  const lastOf = new Map<string, ListIds>()
  let outline: string | undefined

  function addParagraph(element: Element, within: Within | undefined): void {
    const { styles, lists } = context
    const style = attributeOf(element, 'style-name')
    const look = styles.look('paragraph', style)
    const breaks = valueOf(look, 'paragraph', 'break-before') === 'page' || breaksNext
    breaksNext = valueOf(look, 'paragraph', 'break-after') === 'page'
    const own = {
      left:
        toPoints(
          valueOf(look, 'paragraph', 'margin-left') ?? valueOf(look, 'paragraph', 'margin'),
        ) ?? 0,
      first: toPoints(valueOf(look, 'paragraph', 'text-indent')) ?? 0,
    }
    const isHeading = element.name === 'h'
    const item = within === undefined ? undefined : listItem(style, own, within)
    const numbered = item ?? (isHeading ? headingNumber(element, own) : undefined)
    const place = numbered ?? { list: undefined, ...own }
    const before = waiting
    waiting = []
    blocks.push(
      writeParagraph(
        element,
        { look, place: { ...place, breaksBefore: breaks }, before },
        context,
        writeBlocks,
      ),
    )

    function headingNumber(
      heading: Element,
      indents: typeof own,
    ): { list: { id: string; level: number }; left: number; first: number } | undefined {
      const level = Math.trunc(toNumber(attributeOf(heading, 'outline-level')) ?? 1) - 1
      const told = levelOf(styles.listStyle(OUTLINE), level)
      if (told === undefined || (attributeOf(told, 'num-format') ?? '') === '') return undefined
      outline ??= lists.begin(OUTLINE, styles)
      return { list: { id: outline, level }, ...indents }
    }
  }

  function listItem(
    style: string | undefined,
    own: { readonly left: number; readonly first: number },
    { ids, style: listStyle, level, item }: Within,
  ): { list: { id: string; level: number } | undefined; left: number; first: number } {
    const { styles, lists } = context
    const chain = styles.chain('paragraph', style)
    const ofStyle = chain.map((each) => attributeOf(each, 'list-style-name')).find(Boolean)
    const name = listStyle ?? ofStyle
    const indents = indentsOf(levelOf(styles.listStyle(name), level))
    const hasLabel = item?.isNew === true && name !== undefined
    if (item !== undefined) item.isNew = false
    const id = name === undefined ? undefined : (ids.get(name) ?? lists.begin(name, styles))
    if (name !== undefined && id !== undefined) ids.set(name, id)
    const list = hasLabel && id !== undefined ? { id, level: Math.min(8, level) } : undefined
    if (indents.isMore) {
      const first = list === undefined ? own.first : own.first + indents.first
      return { list, left: own.left + indents.left, first }
    }
    if (isIndentedByStyle(chain)) return { list, ...own }
    return { list, left: indents.left, first: list === undefined ? 0 : indents.first }
  }

  function addList(list: Element, within: Within | undefined, level: number): void {
    const style = attributeOf(list, 'style-name') ?? within?.style
    const ids = within?.ids ?? idsOf(list, style)
    const listLevel = within === undefined ? 0 : within.level + 1
    for (const child of list.children) {
      if (child.name !== 'list-item' && child.name !== 'list-header') continue
      const start = toNumber(attributeOf(child, 'start-value'))
      if (start !== undefined && style !== undefined) {
        ids.set(
          style,
          context.lists.begin(style, context.styles, { number: start, level: listLevel }),
        )
      }
      const item = child.name === 'list-item' ? { isNew: true } : undefined
      for (const each of child.children) {
        add(each, { ids, style, level: listLevel, item }, level + 1)
      }
    }
  }

  function idsOf(list: Element, style: string | undefined): ListIds {
    const others = known.get(attributeOf(list, 'continue-list') ?? '')
    const goesOn = attributeOf(list, 'continue-numbering') === 'true'
    const last = goesOn && style !== undefined ? lastOf.get(style) : undefined
    const ids = others ?? last ?? new Map<string, string>()
    if (style !== undefined) lastOf.set(style, ids)
    const id = attributeOf(list, 'id')
    if (id !== undefined && known.size < MOST_KNOWN) known.set(id, ids)
    return ids
  }

  function add(element: Element, within: Within | undefined, level: number): void {
    if (level > MOST_WITHIN) return
    if (element.name === 'p' || element.name === 'h') addParagraph(element, within)
    else if (element.name === 'list') addList(element, within, level)
    else if (element.name === 'table') addTable(element)
    else if (isDrawn(element)) waiting.push(...writeDrawings(element, context, writeBlocks, true))
    else if (isHolder(element) && attributeOf(element, 'display') !== 'none') {
      for (const child of element.children) add(child, within, level + 1)
    }
  }

  function addTable(table: Element): void {
    const look = context.styles.look('table', attributeOf(table, 'style-name'))
    const breaks = valueOf(look, 'table', 'break-before') === 'page' || breaksNext
    breaksNext = valueOf(look, 'table', 'break-after') === 'page'
    if (breaks) blocks.push(tinyParagraph([makeElement('pageBreakBefore')]))
    blocks.push(writeTable(table, context, writeBlocks))
  }

  return {
    add: (element) => add(element, undefined, 0),
    take() {
      if (waiting.length > 0) {
        const runs = waiting.map((drawing) => makeElement('r', {}, [drawing]))
        blocks.push({ ...tinyParagraph([]), children: [...tinyParagraph([]).children, ...runs] })
      }
      const taken = blocks
      blocks = []
      waiting = []
      return taken
    },
  }
}

/** Whether a paragraph says itself how far it is indented, its list being told by itself or by a style it is based on. */
function isIndentedByStyle(chain: readonly Element[]): boolean {
  const at = chain.findIndex((style) => Boolean(attributeOf(style, 'list-style-name')))
  return chain.slice(0, at < 0 ? 1 : at + 1).some((style) => {
    const look: Look = readLook(style)
    return ['margin-left', 'margin'].some((name) => valueOf(look, 'paragraph', name) !== undefined)
  })
}

/** A paragraph of nearly no height. */
export function tinyParagraph(properties: readonly Element[]): Element {
  const spacing = makeElement('spacing', { line: '20', lineRule: 'exact', before: '0', after: '0' })
  const letters = makeElement('rPr', {}, [makeElement('sz', { val: '2' })])
  return makeElement('p', {}, [makeElement('pPr', {}, [...properties, spacing, letters])])
}

/** Writes blocks that are within something. */
export function writeBlocks(elements: readonly Element[], context: OdtContext): readonly Element[] {
  const writer = createBlockWriter(context)
  for (const element of elements) writer.add(element)
  return writer.take()
}

/** The paragraphs of a note. */
export function noteBody(note: Element): readonly Element[] {
  return childrenOf(note, 'note-body').flatMap(({ children }) => children)
}
