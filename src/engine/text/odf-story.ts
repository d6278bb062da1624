import type { Package } from '../../packages/package.ts'
import type { Flow } from './flow.ts'
import { ODF_SKIPPED, readOdfCharacters } from './odf-text.ts'

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
  const isWritten = (): boolean => margin === undefined || margins > 0

  await parts.parse(
    part,
    {
      open(name, attributes) {
        if (margin?.test(name) === true) {
          margins += 1
          flow.openAside()
        }
        if (!isWritten()) return
        if (isParagraph(name)) {
          paragraphs += 1
          flow.line()
        }
        // A text box of a page is a part of no paragraph.
        if (ASIDES.has(name) && paragraphs > 0) flow.openAside()
        if (name === 'page') flow.section()
        if (name === 'line-break') flow.line()
        if (name === 'table-row') flow.row()
        if (name === 'table-cell' || name === 'covered-table-cell') flow.cell()
        if (paragraphs > 0) flow.text(readOdfCharacters(name, attributes))
      },
      close(name) {
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
        if (paragraphs > 0 && isWritten()) flow.words(text)
      },
    },
    ODF_SKIPPED,
  )
  flow.section()
}

function isParagraph(name: string): boolean {
  return name === 'p' || name === 'h'
}
