import { tooMany } from '../../packages/document-errors.ts'
import { readRelationships } from '../../packages/opc.ts'
import { type Package, readWhole } from '../../packages/package.ts'
import { readChart } from './chart-text.ts'
import { readStory } from './docx-story.ts'
import { readHidingStyles } from './docx-styles.ts'
import { readDrawing } from './drawing-text.ts'
import { createFlow, type Flow } from './flow.ts'
import { MISSING_IMPORT } from './unread-imports.ts'

/** The most of a part that a document imports, in bytes. */
const MOST_CHUNK_BYTES = 64_000_000

/** What reads files that are in another one. */
export interface ReadWithin {
  /** Writes the text of one. */
  readonly read: (bytes: Buffer, flow: Flow) => Promise<void>
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
    const chunks = await readChunks(parts, name, readWithin)
    const importChunk = (id: string): void => flow.lines(chunks.get(id) ?? '')
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

/** The texts of the files that a part imports (ECMA-376, part 1, 17.17.2), by the ids of their relationships. */
async function readChunks(
  parts: Package,
  name: string,
  readWithin: ReadWithin,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const { id, type, target } of await readRelationships(parts, name)) {
    if (type !== 'aFChunk') continue
    if (!parts.has(target)) {
      readWithin.remark(MISSING_IMPORT)
      continue
    }
    const bytes = await readWhole(parts, target, MOST_CHUNK_BYTES)
    if (bytes === undefined) throw tooMany(MOST_CHUNK_BYTES / 1_000_000, 'MB in a file it imports')
    const pieces: string[] = []
    await readWithin.read(
      bytes,
      createFlow((piece) => pieces.push(piece)),
    )
    texts.set(id, pieces.join(''))
  }
  return texts
}
