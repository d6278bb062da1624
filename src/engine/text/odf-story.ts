import { type Attributes, readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import type { Flow } from './flow.ts'
import { createOdfHiding } from './odf-hiding.ts'
import { type OdfObject, readOdfObjects, toOdfFolder } from './odf-objects.ts'
import { ODF_SKIPPED, readOdfCharacters } from './odf-text.ts'

/** The level of the title of a page, the presentation being 1. */
const TITLE_LEVEL = 2

/** The styles of headings that programs have, and their levels. */
const HEADING_STYLES: readonly (readonly [style: string, level: number])[] = [
  ['Title', 1],
  ...[1, 2, 3, 4, 5, 6].map((level) => [`Heading_20_${level}`, level] as const),
]

/** What stands beside the paragraph that it is in. */
const ASIDES: ReadonlySet<string> = new Set(['note-body', 'text-box'])

/**
 * Writes the text of a part of a text document, a presentation or a drawing. Each page of the latter is behind a blank
 * line.
 *
 * @param margin - when given, nothing is written but the elements of such names, each text once
 */
export async function readOdfStory(
  parts: Package,
  part: string,
  flow: Flow,
  margin?: RegExp,
): Promise<void> {
  const seen = new Set<string>()
  let paragraphs = 0
  let margins = 0
  let pages = 0
  const structure = createStructure(flow)
  const hiding = createOdfHiding()
  const objects = margin === undefined ? await readOdfObjects(parts) : undefined
  const isWritten = (): boolean => margin === undefined || margins > 0

  function writeObject({ kind, text, names }: OdfObject): void {
    if (kind === 'formula' && paragraphs > 0) return flow.text(text)
    if (paragraphs > 0) flow.openAside()
    for (const each of [text, ...names]) flow.lines(each)
    if (paragraphs > 0) flow.closeAside()
  }

  await parts.parse(
    part,
    {
      open(name, attributes) {
        structure.open(name, attributes)
        hiding.open(name, attributes)
        if (margin?.test(name) === true) {
          margins += 1
          flow.openAside()
        }
        if (!isWritten()) return
        if (isParagraph(name)) {
          paragraphs += 1
          flow.line()
          structure.begin(name, attributes)
        }
        // A text box of a page is a part of no paragraph.
        if (ASIDES.has(name) && paragraphs > 0) flow.openAside()
        if (name === 'page') {
          pages += 1
          flow.section()
          flow.name(`Slide ${pages}`)
        }
        if (name === 'object' && !hiding.isHidden()) {
          const object = objects?.get(toOdfFolder(readAttribute(attributes, 'href') ?? ''))
          if (object !== undefined) writeObject(object)
        }
        if (name === 'line-break') flow.line()
        if (name === 'table-row') flow.row()
        if (name === 'table-cell' || name === 'covered-table-cell') flow.cell()
        if (paragraphs > 0 && !hiding.isHidden()) flow.text(readOdfCharacters(name, attributes))
      },
      close(name) {
        structure.close(name)
        hiding.close(name)
        if (margin?.test(name) === true) {
          margins -= 1
          flow.closeAside(seen)
          flow.section()
        }
        if (!isWritten()) return
        if (isParagraph(name)) {
          paragraphs -= 1
          flow.line()
        }
        if (ASIDES.has(name) && paragraphs > 0) flow.closeAside()
        if (name === 'table-row') flow.row()
      },
      text(text) {
        if (paragraphs > 0 && isWritten() && !hiding.isHidden()) flow.words(text)
      },
    },
    ODF_SKIPPED,
  )
  flow.section()
}

/** Tells a flow what paragraphs are, by the elements that they are in. */
interface Structure {
  open(name: string, attributes: Attributes): void
  close(name: string): void
  /** Tells of a paragraph that begins here. */
  begin(name: string, attributes: Attributes): void
}

function createStructure(flow: Flow): Structure {
  /** The levels of styles of lists that number what is in them, as `level of style`. */
  const numbered = new Set<string>()
  let listStyle = ''
  /** The levels of styles that are headings; those that every program has are known by their names. */
  const headings = new Map(HEADING_STYLES)
  /** The styles of the open lists. */
  const lists: string[] = []
  let isItemNew = false
  let isTitle = false
  return {
    open(name, attributes) {
      const read = (attribute: string): string => readAttribute(attributes, attribute) ?? ''
      if (name === 'list-style') listStyle = read('name')
      if (name === 'list-level-style-number') numbered.add(`${read('level')} of ${listStyle}`)
      if (name === 'style') {
        const level = headings.get(read('parent-style-name'))
        if (level !== undefined) headings.set(read('name'), level)
      }
      if (name === 'list') lists.push(read('style-name') || (lists.at(-1) ?? ''))
      if (name === 'list-item') isItemNew = true
      if (name === 'frame') isTitle = read('class') === 'title'
      if (name === 'a') flow.link(read('href'))
    },
    close(name) {
      if (name === 'list') lists.pop()
      if (name === 'frame') isTitle = false
      if (name === 'a') flow.link(undefined)
    },
    begin(name, attributes) {
      const style = readAttribute(attributes, 'style-name') ?? ''
      const level = headings.get(style)
      if (name === 'h') flow.heading(Number(readAttribute(attributes, 'outline-level') ?? 1))
      else if (level !== undefined) flow.heading(level)
      else if (isTitle) flow.heading(TITLE_LEVEL)
      else if (isItemNew && lists.length > 0) {
        flow.item(lists.length, numbered.has(`${lists.length} of ${lists.at(-1)}`))
      }
      isItemNew = false
    },
  }
}

function isParagraph(name: string): boolean {
  return name === 'p' || name === 'h'
}
