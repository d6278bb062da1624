import { addTo } from '../../packages/limited-list.ts'
import { readPrefixed } from '../../packages/markup.ts'
import { readRelationships } from '../../packages/opc.ts'
import type { Package } from '../../packages/package.ts'
import { readChart } from './chart-text.ts'
import { readDrawing } from './drawing-text.ts'
import type { Flow } from './flow.ts'

/** What is on a page of notes beside the notes. */
const NOT_NOTES: ReadonlySet<string> = new Set(['sldImg', 'sldNum', 'dt', 'hdr', 'ftr'])

/**
 * Writes the text of a presentation: its slides in the order they are shown, each with its charts, its diagrams and its
 * speaker's notes.
 *
 * @param main - the name of its main part
 */
export async function readPptx(parts: Package, main: string, flow: Flow): Promise<void> {
  for (const [index, slide] of (await listSlides(parts, main)).entries()) {
    flow.section()
    flow.name(`Slide ${index + 1}`)
    await readSlide(parts, slide, flow)
  }
}

/**
 * The parts that are the slides of a presentation, in the order they are shown.
 *
 * @param main - the name of its main part
 */
export async function listSlides(parts: Package, main: string): Promise<string[]> {
  const ids: string[] = []
  await parts.parse(main, {
    open(name, attributes) {
      const id = name === 'sldId' ? readPrefixed(attributes, 'id') : undefined
      if (id !== undefined) addTo(ids, id)
    },
  })
  const links = new Map(
    (await readRelationships(parts, main)).map(({ id, target }) => [id, target]),
  )
  return ids.map((id) => links.get(id)).filter((slide) => slide !== undefined)
}

async function readSlide(parts: Package, slide: string, flow: Flow): Promise<void> {
  await readDrawing(parts, slide, flow)
  const links = (await readRelationships(parts, slide)).filter(({ target }) => parts.has(target))
  for (const { type, target } of links) {
    if (type === 'diagramData') await readDrawing(parts, target, flow)
    if (/^chart(Ex)?$/.test(type)) await readChart(parts, target, flow, { isBesideCells: false })
  }
  for (const { type, target } of links) {
    if (type === 'notesSlide') await readDrawing(parts, target, flow, NOT_NOTES)
  }
}
