import { OperationError } from '../../../base/operation-error.ts'
import type { Relationship } from '../../../packages/opc.ts'
import type { Package } from '../../../packages/package.ts'
import { moved } from '../drawing/moved.ts'
import type { Page, PageMark, PictureMark } from '../drawing/page.ts'
import { createElementReader } from '../element.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import type { Palette } from '../slides/colours/read-colour.ts'
import type { DrawingTools } from '../slides/drawing-tools.ts'
import { createEmbeddedDrawings } from '../slides/embedded-drawings.ts'
import { PAGE_FRAME } from '../slides/frames.ts'
import { makeElement } from '../slides/make-element.ts'
import { withPlace } from '../slides/placed-shape.ts'
import { drawShapes } from '../slides/shapes.ts'
import { NO_THEME, paletteOf, readTheme, USUAL_MAP } from '../slides/theme.ts'
import type { DocxContext, Graphic } from './docx-context.ts'

/** As many charts, diagrams and shapes are drawn of a document, and as many marks of all; others are grey boxes, as what cannot be read. */
const MOST_GRAPHICS = 500
const MOST_MARKS = 100_000

/** Charts, diagrams and shapes of a document, by what stands for them on its pages until they are drawn. */
export interface Graphics extends Pick<DocxContext, 'addGraphic'> {
  readonly found: ReadonlyMap<string, Graphic>
}

/** Makes what they are gathered in. */
export function createGraphics(): Graphics {
  const found = new Map<string, Graphic>()
  return {
    found,
    addGraphic(graphic) {
      const name = `graphic ${found.size}`
      found.set(name, graphic)
      return name
    },
  }
}

/** What a document has for its drawings. */
interface GraphicSource {
  readonly parts: Package
  /** The part of its theme. */
  readonly theme: string | undefined
  readonly fonts: PageFonts
}

/** Draws the charts, diagrams and shapes of pages where they stand, as those of slides; of pages that nobody wants there are none. */
export async function drawGraphics(
  pages: readonly Page[],
  graphics: Graphics['found'],
  source: GraphicSource,
): Promise<readonly Page[]> {
  if (graphics.size === 0) return pages
  const tools = await readTools(source)
  const drawn = new Map<string, readonly PageMark[] | undefined>()
  let left = MOST_MARKS

  async function drawPicture(mark: PictureMark): Promise<PageMark> {
    const graphic = graphics.get(mark.name)
    if (graphic === undefined) return mark
    if (!drawn.has(mark.name) && drawn.size < MOST_GRAPHICS && left > 0) {
      const marks = await drawGraphic(graphic, mark, tools)
      drawn.set(mark.name, marks)
      left -= countMarks(marks ?? [])
    }
    const marks = drawn.get(mark.name)
    return marks === undefined ? mark : moved(marks, mark.x, mark.y)
  }

  async function drawMarks(marks: readonly PageMark[]): Promise<readonly PageMark[]> {
    const made: PageMark[] = []
    for (const mark of marks) {
      if (mark.kind === 'picture') made.push(await drawPicture(mark))
      else if (mark.kind === 'group') made.push({ ...mark, marks: await drawMarks(mark.marks) })
      else made.push(mark)
    }
    return made
  }

  const made: Page[] = []
  for (const page of pages) made.push({ ...page, marks: await drawMarks(page.marks) })
  return made
}

function countMarks(marks: readonly PageMark[]): number {
  return marks.reduce((sum, mark) => sum + (mark.kind === 'group' ? countMarks(mark.marks) : 1), 0)
}

interface GraphicTools extends Omit<DrawingTools, 'part'> {
  readonly palette: Palette
  readonly isThere: (link: Relationship) => boolean
}

async function readTools({ parts, theme: part, fonts }: GraphicSource): Promise<GraphicTools> {
  const readElements = createElementReader(parts, 'Fallback')
  const root = part === undefined ? undefined : await unlessDamaged(readElements(part))
  const theme = root === undefined ? NO_THEME : readTheme(root)
  return {
    deck: createEmbeddedDrawings(parts, readElements),
    fonts,
    layout: undefined,
    master: undefined,
    theme,
    slideNumber: 1,
    palette: paletteOf(theme, USUAL_MAP),
    isThere: ({ target }) => parts.has(target),
  }
}

/** @returns undefined where it is damaged */
function drawGraphic(
  { element, links }: Graphic,
  { width, height }: PictureMark,
  { palette, isThere, ...tools }: GraphicTools,
): Promise<readonly PageMark[] | undefined> {
  const shape = withPlace(element, { x: 0, y: 0, width, height })
  const root = makeElement('spTree', {}, [shape])
  const there = new Map([...links].filter(([, link]) => isThere(link)))
  const part = { root, links: there, palette, partOf: (id: string) => there.get(id)?.target }
  const wanted = { tools: { ...tools, part }, frame: PAGE_FRAME, withPlaceholders: true }
  return unlessDamaged(drawShapes(root, wanted))
}

async function unlessDamaged<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof OperationError) return undefined
    throw error
  }
}
