import type { Package } from '../../../../packages/package.ts'
import { childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { createWrittenPackage } from '../../written-package.ts'
import { readPictureSizes } from '../crops.ts'
import { createPartLinks, type PartLinks } from '../part-links.ts'
import { readTree, textOf } from '../read-tree.ts'
import { createOdfStyles, type OdfStyles, readMasterPages } from '../styles.ts'
import { createLists } from './lists.ts'
import type { OdtContext } from './odt-context.ts'
import { createPageSetups } from './page-setup.ts'
import { createSections } from './sections.ts'
import { noteBody, writeBlocks } from './write-blocks.ts'

/** What the main part of a written document is called. */
export const MAIN = 'written/document.xml'

/** As many letters and blocks stand on no page; what is behind those of the pages that are wanted is left out. */
const MOST_LETTERS = 20_000
const MOST_BLOCKS = 1000

/** More notes than are on the pages that are drawn. */
const MOST_NOTES = 5000

/**
 * Writes a text document of OpenDocument as a DOCX, as far as its looks are alike.
 *
 * @param count - how many pages of it are wanted
 * @throws {@link OperationError} when it is damaged
 */
export async function writeOdtAsDocx(parts: Package, count: number): Promise<Package> {
  const common = parts.has('styles.xml') ? await readTree(parts, 'styles.xml') : undefined
  let letters = 0
  let blocks = 0
  const content = await readTree(parts, 'content.xml', (block) => {
    letters += textOf(block).length
    blocks += 1
    return letters > MOST_LETTERS * count || blocks > MOST_BLOCKS * count
  })
  const sizes = await readPictureSizes(parts, [common, content])
  const files = new Map<string, Buffer>()
  const roots = new Map<string, Element>()
  const lists = createLists()
  const setups = createPageSetups(readMasterPages(common))

  /** What a part is written with. */
  function contextOf(
    links: PartLinks,
    styles: OdfStyles,
    own: Pick<OdtContext, 'addNote'>,
  ): OdtContext {
    return {
      styles,
      links,
      lists,
      ...own,
      sizes,

      room: setups.usualRoom,
      level: 0,
    }
  }

  function writePart(name: string, root: Element, links: PartLinks): void {
    roots.set(`written/${name}.xml`, root)
    roots.set(`written/_rels/${name}.xml.rels`, links.write())
  }

  const styles = createOdfStyles(common, content)
  const links = createPartLinks(files)
  const notes = createNotes(files, (noteLinks) =>
    contextOf(noteLinks, styles, { addNote: () => undefined }),
  )
  const ofMasters = createOdfStyles(common, common)
  const sections = createSections(contextOf(links, styles, notes), setups, {
    writeMargin(name, elements, end) {
      const own = createPartLinks(files)
      const context = contextOf(own, ofMasters, { addNote: () => undefined })
      writePart(name, makeElement('hdr', {}, end(writeBlocks(elements, context))), own)
      return links.add(name.startsWith('header') ? 'header' : 'footer', `written/${name}.xml`)
    },
  })
  const text = childOf(childOf(content, 'body'), 'text')
  for (const element of text?.children ?? []) sections.add(element)
  const body = makeElement('body', {}, sections.write())

  for (const kind of ['footnote', 'endnote'] as const) {
    const { root, links: own } = notes.write(kind)
    writePart(`${kind}s`, root, own)
    links.add(`${kind}s`, `written/${kind}s.xml`)
  }
  const others = {
    numbering: lists.write(),
    styles: writeUsualStyles(),
    settings: makeElement('settings', {}, [makeElement('evenAndOddHeaders')]),
  }
  for (const [name, root] of Object.entries(others)) {
    roots.set(`written/${name}.xml`, root)
    links.add(name, `written/${name}.xml`)
  }
  writePart('document', makeElement('document', {}, [body]), links)
  return createWrittenPackage({ roots, files }, parts)
}

/** All that is written says itself how it looks. */
function writeUsualStyles(): Element {
  return makeElement('styles', {}, [
    makeElement('docDefaults', {}, [
      makeElement('rPrDefault', {}, [
        makeElement('rPr', {}, [
          makeElement('rFonts', { ascii: 'Liberation Serif', hAnsi: 'Liberation Serif' }),
          makeElement('sz', { val: '24' }),
        ]),
      ]),
    ]),
  ])
}

interface Notes extends Pick<OdtContext, 'addNote'> {
  readonly write: (kind: 'footnote' | 'endnote') => {
    readonly root: Element
    readonly links: PartLinks
  }
}

/** Notes of both kinds, as the parts that Word has them in. */
function createNotes(
  files: Map<string, Buffer>,
  contextOf: (links: PartLinks) => OdtContext,
): Notes {
  const kinds = {
    footnote: { links: createPartLinks(files), notes: [] as Element[] },
    endnote: { links: createPartLinks(files), notes: [] as Element[] },
  }
  return {
    addNote(kind, note) {
      const { links, notes } = kinds[kind]
      if (notes.length >= MOST_NOTES) return undefined
      const id = String(notes.length + 1)
      const written = writeBlocks(noteBody(note), contextOf(links))
      notes.push(makeElement(kind, { id }, labelled(written, kind)))
      return id
    },
    write(kind) {
      const { links, notes } = kinds[kind]
      return { root: makeElement(`${kind}s`, {}, notes), links }
    },
  }
}

/** Before the first paragraph of a note stands its label. */
function labelled(blocks: readonly Element[], kind: 'footnote' | 'endnote'): readonly Element[] {
  const [first, ...others] = blocks
  if (first?.name !== 'p') return blocks
  const properties = childOf(first, 'pPr')
  const letters = childOf(properties, 'rPr')?.children ?? []
  const label = makeElement('r', {}, [
    makeElement('rPr', {}, letters),
    makeElement(`${kind}Ref`),
    makeElement('t', {}, [], ' '),
  ])
  const runs = first.children.filter((child) => child !== properties)
  return [makeElement('p', {}, [properties, label, ...runs]), ...others]
}
