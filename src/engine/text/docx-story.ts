import { type Attributes, readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import { createFields } from './fields.ts'
import type { Flow } from './flow.ts'
import { readSymbol } from './symbols.ts'

/**
 * What is not text, or not of the document as it stands: deleted and moved text, the second version of what old readers
 * do not know, how to pronounce a word, how runs looked before they were changed, and properties, in which a tab is a place
 * on the ruler.
 */
const SKIPPED: ReadonlySet<string> = new Set(
  'del moveFrom Fallback rt rPrChange pPr sectPr tblPr tblGrid trPr tcPr'.split(' '),
)

/** Part of a document that is text all through, such as its body or a footnote. */
export interface Story {
  readonly parts: Package
  /** The name of its part. */
  readonly name: string
  /** Writes what is imported at a place, by the id of its relationship. */
  readonly importChunk: (id: string) => void
}

/**
 * Writes the text of a story. Text boxes are behind the paragraph they belong to. What nobody sees is left out: hidden text,
 * and the codes of fields, whatever is in them.
 */
export async function readStory({ parts, name, importChunk }: Story, flow: Flow): Promise<void> {
  let inText = false
  let isHidden = false
  const fields = createFields()

  function openElement(element: string, attributes: Attributes): void {
    switch (element) {
      case 'tab':
      case 'ptab':
        return flow.text('\t')
      case 'noBreakHyphen':
        return flow.text('\u2011')
      case 'sym':
        return flow.text(symbolOf(attributes))
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
      case 'altChunk':
        return importChunk(readAttribute(attributes, 'id') ?? '')
    }
  }

  await parts.parse(
    name,
    {
      open(element, attributes) {
        inText = element === 't'
        if (element === 'r') isHidden = false
        if (element === 'vanish') isHidden = isOn(attributes)
        if (element === 'fldChar') fields.mark(readAttribute(attributes, 'fldCharType'))
        if (!isHidden && !fields.areCodes()) openElement(element, attributes)
      },
      close(element) {
        inText = false
        if (element === 'r') isHidden = false
        if (element === 'p') flow.line()
        if (element === 'tr') flow.row()
        if (element === 'txbxContent' && !fields.areCodes()) flow.closeAside()
      },
      text(text) {
        if (inText && !isHidden && !fields.areCodes()) flow.text(text.replace(/[\r\n\t]+/g, ' '))
      },
    },
    SKIPPED,
  )
}

/** Whether a property of a run is set: by its mere presence, unless it says otherwise. */
export function isOn(attributes: Attributes): boolean {
  return !/^(0|false|off)$/.test(readAttribute(attributes, 'val') ?? '')
}

/** The character that an element `sym` stands for. */
export function symbolOf(attributes: Attributes): string {
  const code = Number.parseInt(readAttribute(attributes, 'char') ?? '', 16)
  return readSymbol(readAttribute(attributes, 'font') ?? '', code)
}
