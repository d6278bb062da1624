import { attributeOf, childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { toNumber, twips } from '../measures.ts'
import { partOf, valueOf } from '../styles.ts'
import type { OdtContext } from './odt-context.ts'
import { type PageSetup, type PageSetups, writeColumns } from './page-setup.ts'
import { createBlockWriter, isHolder, tinyParagraph } from './write-blocks.ts'
import { isDrawn } from './write-frame.ts'

/** More sections than a document has. */
const MOST_SECTIONS = 2000

/** Sections within each other that are told apart. */
const MOST_WITHIN = 10

/** What stands on pages. */
const BLOCKS: ReadonlySet<string> = new Set(['p', 'h', 'list', 'table'])

/** Writes a header or a footer. */
export interface MarginWriter {
  /**
   * @param end - what becomes of its blocks before they are written
   * @returns the id of the link to it
   */
  readonly writeMargin: (
    name: string,
    elements: readonly Element[],
    end: (blocks: readonly Element[]) => readonly Element[],
  ) => string | undefined
}

/** The body of a document, block by block, in sections as Word has them. */
export interface Sections {
  readonly add: (element: Element) => void
  readonly write: () => readonly Element[]
}

interface OpenSection {
  readonly setup: PageSetup
  readonly columns: Element | undefined
  readonly isContinuous: boolean
  readonly firstNumber: string | undefined
}

/** Makes what blocks of a body are gathered in. */
export function createSections(
  context: OdtContext,
  setups: PageSetups,
  { writeMargin }: MarginWriter,
): Sections {
  const written: Element[] = []
  const references = new Map<PageSetup, readonly Element[]>()
  let writer = createBlockWriter(context)
  let count = 0
  let hasBlocks = false
  /** What is anchored to pages, until there is a block, which tells how these are. */
  let drawn: Element[] = []
  let open: OpenSection = {
    setup: setups.find(undefined),
    columns: undefined,
    isContinuous: false,
    firstNumber: undefined,
  }

  function referencesOf(setup: PageSetup): readonly Element[] {
    const known = references.get(setup)
    if (known !== undefined) return known
    const made = setup.margins.flatMap(({ kind, type, element, distance }): Element[] => {
      const end = (blocks: readonly Element[]): readonly Element[] => spaced(blocks, kind, distance)
      const name = `${kind}${references.size + 1}${type}`
      const id = writeMargin(name, element?.children ?? [], end)
      return id === undefined ? [] : [makeElement(`${kind}Reference`, { type, 'r:id': id })]
    })
    references.set(setup, made)
    return made
  }

  function propertiesOf({ setup, columns, isContinuous, firstNumber }: OpenSection): Element {
    const { properties, hasFirst } = setup
    const others =
      columns === undefined ? properties : properties.filter(({ name }) => name !== 'cols')
    return makeElement('sectPr', {}, [
      ...referencesOf(setup),
      ...others,
      columns,
      makeElement('type', { val: isContinuous ? 'continuous' : 'nextPage' }),
      hasFirst ? makeElement('titlePg') : undefined,
      firstNumber === undefined ? undefined : makeElement('pgNumType', { start: firstNumber }),
    ])
  }

  /** Ends the section, unless there is nothing in it. */
  function begin(next: OpenSection): void {
    if (hasBlocks && count < MOST_SECTIONS) {
      const blocks = writer.take()
      written.push(...withSection(blocks, propertiesOf(open)))
      count += 1
    }
    open = next
    writer = createBlockWriter({ ...context, room: next.setup.room })
    hasBlocks = false
  }

  function add(element: Element, level: number): void {
    const section = element.name === 'section' ? element : undefined
    if (section !== undefined && attributeOf(section, 'display') === 'none') return
    const look = context.styles.look('section', attributeOf(element, 'style-name'))
    const columns = section && writeColumns(partOf(look, 'section', 'columns'), open.setup.room)
    if (columns !== undefined)
      begin({ ...open, columns, isContinuous: true, firstNumber: undefined })
    if (isHolder(element) && level < MOST_WITHIN) {
      for (const child of element.children) add(child, level + 1)
    } else addBlock(element)
    if (columns !== undefined) {
      begin({ ...open, columns: undefined, isContinuous: true, firstNumber: undefined })
    }
  }

  function addBlock(element: Element): void {
    if (isDrawn(element)) {
      drawn.push(element)
      return
    }
    // Declarations are no blocks.
    if (!BLOCKS.has(element.name)) return
    const master = masterOf(element)
    if (master !== undefined) {
      const setup = setups.find(master.name)
      begin({ setup, columns: undefined, isContinuous: false, firstNumber: master.firstNumber })
    }
    addDrawn()
    writer.add(element)
    hasBlocks = true
  }

  function addDrawn(): void {
    for (const each of drawn) writer.add(each)
    drawn = []
  }

  /** The master page of which a block begins a page. */
  function masterOf(
    block: Element,
  ): { readonly name: string; readonly firstNumber: string | undefined } | undefined {
    const first = firstBlock(block)
    const family = first.name === 'table' ? 'table' : 'paragraph'
    const style = attributeOf(first, 'style-name')
    const [own] = context.styles.chain(family, style)
    const name = attributeOf(own, 'master-page-name')
    if (name === undefined || name === '') return undefined
    const number = toNumber(valueOf(context.styles.look(family, style), family, 'page-number'))
    return { name, firstNumber: number === undefined ? undefined : String(Math.trunc(number)) }
  }

  return {
    add: (element) => add(element, 0),
    write() {
      addDrawn()
      return [...written, ...writer.take(), propertiesOf(open)]
    },
  }
}

/** The first block of a list. */
function firstBlock(block: Element): Element {
  let at = block
  for (let level = 0; level < MOST_WITHIN * 2; level += 1) {
    const [first] = at.children
    if (!/^list(-item|-header)?$/.test(at.name) || first === undefined) break
    at = first
  }
  return at
}

/** Blocks of which the last paragraph says that a section ends. */
function withSection(blocks: readonly Element[], section: Element): readonly Element[] {
  const last = blocks.at(-1)
  if (last?.name !== 'p') return [...blocks, tinyParagraph([section])]
  const properties = childOf(last, 'pPr')
  const children = [
    makeElement('pPr', {}, [...(properties?.children ?? []), section]),
    ...last.children.filter((child) => child !== properties),
  ]
  return [...blocks.slice(0, -1), { ...last, children }]
}

/** What is between a header or a footer and the text is below the last paragraph of it, or above the first one. */
function spaced(
  blocks: readonly Element[],
  kind: 'header' | 'footer',
  distance: number,
): readonly Element[] {
  const at = kind === 'header' ? blocks.length - 1 : 0
  return blocks.map((block, index) => {
    const properties = childOf(block, 'pPr')
    if (index !== at || properties === undefined) return block
    const side = kind === 'header' ? 'after' : 'before'
    const changed = properties.children.map((each) =>
      each.name === 'spacing'
        ? { ...each, attributes: { ...each.attributes, [side]: twips(distance) } }
        : each,
    )
    return {
      ...block,
      children: [
        { ...properties, children: changed },
        ...block.children.filter((child) => child !== properties),
      ],
    }
  })
}
