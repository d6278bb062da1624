import { readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import type { Flow } from './flow.ts'

const SKIPPED: ReadonlySet<string> = new Set('Fallback pPr rPr endParaRPr tblPr tcPr'.split(' '))

/** Placeholders that say nothing of a slide but where it is. */
const NUMBERS_AND_DATES: ReadonlySet<string> = new Set(['sldNum', 'dt'])

/** Placeholders of what a slide is called. */
const TITLES: ReadonlySet<string> = new Set(['title', 'ctrTitle'])

/** The level of a slide's title, the presentation being 1. */
const TITLE_LEVEL = 2

/**
 * Writes the text of a part that is drawn: a slide, a diagram, or what lies on a sheet.
 *
 * @param skippedPlaceholders - the shapes of a slide to leave out, by the type of their placeholder
 */
export async function readDrawing(
  parts: Package,
  part: string,
  flow: Flow,
  skippedPlaceholders = NUMBERS_AND_DATES,
): Promise<void> {
  let inText = false
  let isLeftOut = false
  let isTitle = false
  await parts.parse(
    part,
    {
      open(name, attributes) {
        inText = name === 't'
        if (name === 'sp') {
          isLeftOut = false
          isTitle = false
        }
        if (name === 'ph') {
          const type = readAttribute(attributes, 'type') ?? 'obj'
          isLeftOut = skippedPlaceholders.has(type)
          isTitle = TITLES.has(type)
        }
        if (name === 'p' || name === 'br') flow.line()
        if (name === 'p' && isTitle) flow.heading(TITLE_LEVEL)
        if (name === 'tab') flow.text('\t')
        if (name === 'tr') flow.row()
        if (name === 'tc') flow.cell()
      },
      close(name) {
        inText = false
        if (name === 'sp') {
          isLeftOut = false
          isTitle = false
        }
        if (name === 'p') flow.line()
        if (name === 'tr') flow.row()
      },
      text(text) {
        // Tabs are characters here, and line ends are spaces.
        if (inText && !isLeftOut) flow.text(text.replace(/[\r\n]+/g, ' '))
      },
    },
    SKIPPED,
  )
}
