import { readRelationships } from '../../packages/opc.ts'
import type { Package } from '../../packages/package.ts'
import { readDrawing } from './drawing-text.ts'
import type { Flow } from './flow.ts'

/**
 * What is not text, or not of the document as it stands: deleted and moved text, the second version of what old readers
 * do not know, how to pronounce a word, and properties, in which a tab is a place on the ruler.
 */
const SKIPPED: ReadonlySet<string> = new Set(
  'del moveFrom Fallback rt pPr rPr sectPr tblPr tblGrid trPr tcPr'.split(' '),
)

/**
 * Writes the text of a Word document: headers, body, footnotes, endnotes and footers, each header and footer once. Text
 * boxes are behind the paragraph they belong to. Comments are no part of a document.
 *
 * @param main - the name of its main part
 */
export async function readDocx(parts: Package, main: string, flow: Flow): Promise<void> {
  const links = await readRelationships(parts, main)
  const seen = new Set<string>()

  async function readLinked(type: string): Promise<void> {
    for (const link of links) {
      if (link.type !== type || !parts.has(link.target)) continue
      flow.openAside()
      await readStory(parts, link.target, flow)
      flow.closeAside(seen)
    }
    flow.section()
  }

  await readLinked('header')
  await readStory(parts, main, flow)
  for (const { type, target } of links) {
    if (/^(chart|diagramData)$/.test(type) && parts.has(target))
      await readDrawing(parts, target, flow)
  }
  flow.section()
  await readLinked('footnotes')
  await readLinked('endnotes')
  await readLinked('footer')
}

async function readStory(parts: Package, part: string, flow: Flow): Promise<void> {
  let inText = false
  await parts.parse(
    part,
    {
      open(name) {
        inText = name === 't'
        openElement(name, flow)
      },
      close(name) {
        inText = false
        if (name === 'p') flow.line()
        if (name === 'tr') flow.row()
        if (name === 'txbxContent') flow.closeAside()
      },
      text(text) {
        if (inText) flow.text(text.replace(/[\r\n\t]+/g, ' '))
      },
    },
    SKIPPED,
  )
}

function openElement(name: string, flow: Flow): void {
  switch (name) {
    case 'tab':
    case 'ptab':
      return flow.text('\t')
    case 'noBreakHyphen':
      return flow.text('\u2011')
    case 'p':
    case 'br':
    case 'cr':
      return flow.line()
    case 'tr':
      return flow.row()
    case 'tc':
      return flow.cell()
    case 'txbxContent':
      return flow.openAside()
  }
}
