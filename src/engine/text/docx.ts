import { readRelationships } from '../../packages/opc.ts'
import type { Package } from '../../packages/package.ts'
import { readChart } from './chart-text.ts'
import { readStory } from './docx-story.ts'
import { readHidingStyles } from './docx-styles.ts'
import { readDrawing } from './drawing-text.ts'
import { createFlow, type Flow } from './flow.ts'
import { type ImportedFile, readImportedFiles } from './imported-files.ts'

/** What reads files that are in another one. */
export interface ReadWithin {
  /** Writes the text of one. */
  readonly read: (file: ImportedFile, flow: Flow) => Promise<void>
  /** Takes a sentence about one that cannot be read. */
  readonly remark: (sentence: string) => void
}

/**
 * Writes the text of a Word document: headers, body, footnotes, endnotes and footers, each header and footer once. Files that it
 * imports are where they are imported. Comments are no part of a document.
 *
 * @param main - the name of its main part
 */
export async function readDocx(
  parts: Package,
  main: string,
  flow: Flow,
  readWithin: ReadWithin,
): Promise<void> {
  const links = await readRelationships(parts, main)
  const seen = new Set<string>()
  const styles = links.find(({ type, target }) => type === 'styles' && parts.has(target))
  const hidingStyles = styles ? await readHidingStyles(parts, styles.target) : new Set<string>()

  async function read(name: string): Promise<void> {
    const imports = await readImports(parts, name, readWithin)
    const importChunk = (id: string): void => flow.lines(imports.get(id) ?? '')
    await readStory({ parts, name, hidingStyles, importChunk }, flow)
  }

  async function readLinked(type: string): Promise<void> {
    for (const link of links) {
      if (link.type !== type || !parts.has(link.target)) continue
      flow.openAside()
      await read(link.target)
      flow.closeAside(seen)
    }
    flow.section()
  }

  await readLinked('header')
  await read(main)
  for (const { type, target } of links.filter((link) => parts.has(link.target))) {
    if (type === 'diagramData') await readDrawing(parts, target, flow)
    if (/^chart(Ex)?$/.test(type)) await readChart(parts, target, flow, { isBesideCells: false })
  }
  flow.section()
  await readLinked('footnotes')
  await readLinked('endnotes')
  await readLinked('footer')
}

/** The texts of the files that a part imports, by the ids of their relationships. */
async function readImports(
  parts: Package,
  name: string,
  readWithin: ReadWithin,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const links = await readRelationships(parts, name)
  for await (const file of readImportedFiles(parts, links, readWithin.remark)) {
    const pieces: string[] = []
    await readWithin.read(
      file,
      createFlow((piece) => pieces.push(piece)),
    )
    texts.set(file.id, pieces.join(''))
  }
  return texts
}
