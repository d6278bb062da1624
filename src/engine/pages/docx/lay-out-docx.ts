import { OperationError } from '../../../base/operation-error.ts'
import { readRelationships } from '../../../packages/opc.ts'
import type { Package } from '../../../packages/package.ts'
import { isOn } from '../../text/docx-property.ts'
import { createFields } from '../../text/fields.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  createElementReader,
  type Element,
  type ElementReader,
  eachChild,
} from '../element.ts'
import type { FlowBlock, FlowSection } from '../flow/blocks.ts'
import { layPages } from '../flow/lay-pages.ts'
import type { DocumentTools, LayOutPackage } from '../page-tools.ts'
import type { DocxContext, FoundNote, NoteKind, PartLinks } from './docx-context.ts'
import { createGraphics, drawGraphics } from './draw-graphics.ts'
import { readNumbering } from './numbering.ts'
import { createBlockReader } from './read-blocks.ts'
import { readImports } from './read-imports.ts'
import { readThemeFonts } from './run-look.ts'
import { type MarginLinks, type ReadSection, readMarginLinks, toSection } from './sections.ts'
import { readStyles } from './styles.ts'

/** More letters stand on no page; what is behind those of the pages that are wanted is passed over. */
const MOST_LETTERS = 20_000

/** More blocks stand on no page either. */
const MOST_BLOCKS = 1000

/** Documents within each other that are read; a letter with an appendix is two. */
const MOST_WITHIN = 4

/** Lays out a Word document (ECMA-376, part 1, 17). */
export const layOutDocx: LayOutPackage = async (parts, main, tools) => {
  const { count, remark, fonts } = tools
  const graphics = createGraphics()
  const { addGraphic } = graphics
  const sections = await readDocx(parts, main, { count, remark, depth: 0, addGraphic })
  const pages = layPages(sections, tools)
  const theme = (await readRelationships(parts, main)).find(({ type }) => type === 'theme')?.target
  return drawGraphics(pages, graphics.found, { parts, theme, fonts })
}

/** How much of a document is read, and how many it is in. */
interface DocxReading extends Pick<DocxContext, 'addGraphic'> {
  readonly count: number
  readonly remark: DocumentTools['remark']
  readonly depth: number
}

async function readDocx(
  parts: Package,
  main: string,
  { count, remark, depth, addGraphic }: DocxReading,
): Promise<readonly FlowSection[]> {
  const links = await readRelationships(parts, main)
  const read = createLenientReader(parts)
  const ofType = (type: string): string | undefined =>
    links.find((link) => link.type === type && parts.has(link.target))?.target
  const theme = readThemeFonts(await read(ofType('theme')))
  const styles = readStyles(await read(ofType('styles')), theme)
  const settings = await read(ofType('settings'))
  const notes = {
    footnote: await readNotes(parts, ofType('footnotes'), read),
    endnote: await readNotes(parts, ofType('endnotes'), read),
  }
  const counts = { footnote: 0, endnote: 0 }
  const endnotes: FoundNote[] = []
  const context: DocxContext = {
    styles,
    numbering: readNumbering(await read(ofType('numbering')), theme),
    theme,
    // Pictures are known by the parts of the document that all is in.
    links: depth === 0 ? await readLinks(parts, main) : new Map(),
    addGraphic,
    fields: createFields(),
    isMargin: false,
    findNote(kind, id) {
      const { byId, links: ownLinks } = notes[kind]
      const element = byId.get(id)
      if (element === undefined || endnotes.length > MOST_BLOCKS) return undefined
      counts[kind] += 1
      const label = writeLabel(kind, counts[kind])
      // What a note refers to itself is no note.
      const within = {
        noteLabel: label,
        fields: createFields(),
        findNote: () => undefined,
        level: 1,
      }
      const note = { label, element, context: { ...context, ...within, links: ownLinks } }
      if (kind === 'endnote') endnotes.push(note)
      return note
    },
    noteLabel: '',
    level: 0,
    table: undefined,
    ground: undefined,
    chunks:
      depth < MOST_WITHIN
        ? await readImports(parts, links, {
            remark,
            async readPackage(within, name) {
              const reading = { count, remark, depth: depth + 1, addGraphic }
              const sections = await readDocx(within, name, reading)
              return sections.flatMap(({ blocks }) => blocks)
            },
          })
        : new Map(),
  }
  const sections = await readSections(parts, main, context, count)
  const last = sections.pop()
  const ending = endnotes.flatMap((note) => {
    const reader = createBlockReader(note.context)
    for (const element of note.element.children) reader.add(element)
    return reader.take()
  })
  if (last) sections.push({ ...last, blocks: [...last.blocks, ...ending] })
  let marginLinks: MarginLinks = {}
  const even = childOf(settings, 'evenAndOddHeaders')
  const hasEven = even !== undefined && isOn(even.attributes)
  const margins = await readMargins(parts, sections, context, read)
  return sections.map((section) => {
    marginLinks = readMarginLinks(section.properties, marginLinks)
    return toSection(section, { margins, links: marginLinks, hasEven })
  })
}

type LenientReader = (part: string | undefined) => Promise<Element | undefined>

/** Reads parts without which a document can be shown as well. */
function createLenientReader(parts: Package): LenientReader {
  const read: ElementReader = createElementReader(parts, 'Choice')
  return async (part) => {
    if (part === undefined || !parts.has(part)) return undefined
    try {
      return await read(part)
    } catch (error) {
      if (error instanceof OperationError) return undefined
      throw error
    }
  }
}

async function readLinks(parts: Package, part: string): Promise<PartLinks> {
  const links = await readRelationships(parts, part)
  return new Map(links.map((link) => [link.id, link]))
}

interface Notes {
  readonly byId: ReadonlyMap<string, Element>
  readonly links: PartLinks
}

async function readNotes(
  parts: Package,
  part: string | undefined,
  read: LenientReader,
): Promise<Notes> {
  const root = await read(part)
  const notes = [...childrenOf(root, 'footnote'), ...childrenOf(root, 'endnote')]
  // Those that have a type are lines between text and notes.
  const own = notes.filter((note) => /^(normal)?$/.test(attributeOf(note, 'type') ?? ''))
  return {
    byId: new Map(own.map((note) => [attributeOf(note, 'id') ?? '', note])),
    links: part === undefined ? new Map() : await readLinks(parts, part),
  }
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x']

/** Endnotes have Roman numbers. */
function writeLabel(kind: NoteKind, count: number): string {
  return kind === 'footnote' ? String(count) : (ROMAN[count - 1] ?? String(count))
}

/** Reads the body section by section, whose properties are at the end of each. */
async function readSections(
  parts: Package,
  main: string,
  context: DocxContext,
  count: number,
): Promise<ReadSection[]> {
  const sections: ReadSection[] = []
  const reader = createBlockReader(context)
  let taken = 0
  let isEnded = false

  function end(properties: Element | undefined): void {
    sections.push({ properties, blocks: reader.take() })
  }

  await eachChild(parts, main, { of: 'body', alternative: 'Choice' }, (element) => {
    if (element.name === 'sectPr') {
      isEnded = true
      return end(element)
    }
    if (reader.letters() <= MOST_LETTERS * count && taken <= MOST_BLOCKS * count) {
      reader.add(element)
      taken += 1
    }
    const properties = childOf(childOf(element, 'pPr'), 'sectPr')
    if (properties) end(properties)
  })
  if (!isEnded) end(sections.at(-1)?.properties)
  return sections
}

/** Reads the headers and footers of sections, by their relationships. */
async function readMargins(
  parts: Package,
  sections: readonly ReadSection[],
  context: DocxContext,
  read: LenientReader,
): Promise<ReadonlyMap<string, readonly FlowBlock[]>> {
  const margins = new Map<string, readonly FlowBlock[]>()
  for (const { properties } of sections) {
    for (const id of Object.values(readMarginLinks(properties, {}))) {
      const part = context.links.get(id)?.target
      const root = margins.has(id) ? undefined : await read(part)
      if (root === undefined || part === undefined) continue
      const links = await readLinks(parts, part)
      const reader = createBlockReader({
        ...context,
        links,
        fields: createFields(),
        isMargin: true,
      })
      for (const element of root.children) reader.add(element)
      margins.set(id, reader.take())
    }
  }
  return margins
}
