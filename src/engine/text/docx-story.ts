import { addTo } from '../../packages/limited-list.ts'
import { type Attributes, readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import { isOn } from './docx-property.ts'
import { createFields } from './fields.ts'
import type { Flow } from './flow.ts'
import { readSymbol, readSymbols } from './symbols.ts'

/**
 * What is not text, or not of the document as it stands: moved text, the second version of what old readers do not know, how to
 * pronounce a word, how things looked before they were changed, and properties, in which a tab is a place on the ruler.
 */
const SKIPPED: ReadonlySet<string> = new Set(
  'moveFrom Fallback rt rPrChange pPrChange tabs sectPr tblPr tblGrid trPr tcPr'.split(' '),
)

/** Part of a document that is text all through, such as its body or a footnote. */
export interface Story {
  readonly parts: Package
  /** The name of its part. */
  readonly name: string
  /** The ids of the styles that hide what is written in them. */
  readonly hidingStyles: ReadonlySet<string>
  /** Writes what is imported at a place, by the id of its relationship. */
  readonly importChunk: (id: string) => void
}

/**
 * Writes the text of a story. Text boxes are behind the paragraph they belong to. What nobody sees is left out: hidden text,
 * deleted text, and the codes of fields, whatever is in them.
 */
export async function readStory(
  { parts, name, hidingStyles, importChunk }: Story,
  flow: Flow,
): Promise<void> {
  let inText = false
  /** Whether what is told of belongs to the paragraph rather than to a run. */
  let inProperties = false
  let isParagraphHidden = false
  let isHidden = false
  /** The font of a run that names one. */
  let font = ''
  let deletions = 0
  /** Whether the end of the paragraph is deleted, so that the next one goes on in its line. */
  let isEndDeleted = false
  let goesOn = false
  const fields = createFields()
  const list = createDropDown()

  function describe(element: string, attributes: Attributes): void {
    const value = readAttribute(attributes, 'val') ?? ''
    if (element === 'pStyle') isParagraphHidden = hidingStyles.has(value)
    if (element === 'del') isEndDeleted = true
  }

  function openRunProperty(element: string, attributes: Attributes): void {
    switch (element) {
      case 'r':
        isHidden = isParagraphHidden
        font = ''
        return
      case 'rStyle':
        isHidden ||= hidingStyles.has(readAttribute(attributes, 'val') ?? '')
        return
      case 'vanish':
        isHidden = isOn(attributes)
        return
      case 'rFonts':
        font = readAttribute(attributes, 'ascii') ?? ''
        return
    }
  }

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
        if (!goesOn) flow.line()
        goesOn = false
        return
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

  function endField(): void {
    const chosen = list.take()
    if (!fields.areCodes() && !isHidden && deletions === 0) flow.text(chosen)
  }

  function endParagraph(): void {
    isParagraphHidden = false
    isHidden = false
    goesOn = isEndDeleted
    if (!isEndDeleted) flow.line()
    isEndDeleted = false
  }

  await parts.parse(
    name,
    {
      open(element, attributes) {
        inText = element === 't'
        if (element === 'pPr') inProperties = true
        if (inProperties) return describe(element, attributes)
        if (element === 'del') deletions += 1
        if (deletions > 0) return
        openRunProperty(element, attributes)
        list.open(element, attributes)
        if (element === 'fldChar') {
          const type = readAttribute(attributes, 'fldCharType')
          fields.mark(type)
          if (type === 'end') endField()
        }
        if (!isHidden && !fields.areCodes()) openElement(element, attributes)
      },
      close(element) {
        inText = false
        if (element === 'pPr') inProperties = false
        if (inProperties) return
        if (element === 'del') deletions -= 1
        if (element === 'r') isHidden = isParagraphHidden
        if (element === 'p') endParagraph()
        if (element === 'tr') flow.row()
        if (element === 'txbxContent' && !fields.areCodes()) flow.closeAside()
      },
      text(text) {
        if (!inText || isHidden || deletions > 0 || fields.areCodes()) return
        flow.text(readSymbols(font, text.replace(/[\r\n\t]+/g, ' ')))
      },
    },
    SKIPPED,
  )
}

/** What is chosen in the lists of forms: such a field has no result that is text (ECMA-376, part 1, 17.16.9). */
interface DropDown {
  open(element: string, attributes: Attributes): void
  /** What is chosen in the last list; nothing when there was none since. */
  take(): string
}

function createDropDown(): DropDown {
  let entries: string[] = []
  let chosen = 0
  return {
    open(element, attributes) {
      const value = readAttribute(attributes, 'val') ?? ''
      if (element === 'ddList') {
        entries = []
        chosen = 0
      }
      if (element === 'listEntry') addTo(entries, value)
      if (element === 'result') chosen = Number(value)
    },
    take() {
      const entry = entries[chosen] ?? ''
      entries = []
      return entry
    },
  }
}

/** The character that an element `sym` stands for. */
export function symbolOf(attributes: Attributes): string {
  const code = Number.parseInt(readAttribute(attributes, 'char') ?? '', 16)
  return readSymbol(readAttribute(attributes, 'font') ?? '', code)
}
