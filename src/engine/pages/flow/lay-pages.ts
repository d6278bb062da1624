import { moved } from '../drawing/moved.ts'
import type { Page, PageMark } from '../drawing/page.ts'
import { type Box, line } from '../drawing/shapes.ts'
import type { PageTools } from '../page-tools.ts'
import type { Float, FlowMargin, FlowSection } from './blocks.ts'
import { drawFloats, type FloatFrames, type PlacedFloat, placeFloat } from './floats.ts'
import { type Beside, type FlowItem, type FlowTools, heightOf } from './item.ts'
import { createFlowTools, layBlocks } from './lay-blocks.ts'

/** As many items stay together at the most; more than that are no page. */
const MOST_TOGETHER = 100

/** Less than this beside something is no room for text, in points. */
const LEAST_BESIDE = 72

/** Lines leave something free that begins so far below the first of them, in points: a line. */
const NEAR = 12

/** What is above the notes of a page: a short line, with room around it. */
const NOTES_ABOVE = 12
const NOTES_LINE = {
  width: 144,
  stroke: { colour: { red: 0, green: 0, blue: 0, alpha: 255 }, width: 0.5 },
}

/** Lays out sections on pages, of which there are as many as are wanted. */
export function layPages(
  sections: readonly FlowSection[],
  { fonts, count }: PageTools,
): readonly Page[] {
  const pages = new PageStack(createFlowTools(fonts), count)
  for (const section of sections) {
    if (pages.isFull) break
    pages.begin(section)
    pages.fill(section)
  }
  return pages.finish()
}

/** A page that is being filled. */
interface OpenPage {
  readonly section: FlowSection
  /** Behind the text, the text, and what is over it. */
  readonly behind: PageMark[]
  readonly marks: PageMark[]
  readonly over: PageMark[]
  readonly notes: FlowItem[]
  /** What text goes around. */
  readonly around: PlacedFloat[]
  /** Between which heights text stands. */
  readonly top: number
  readonly bottom: number
}

class PageStack {
  readonly #tools: FlowTools
  readonly #count: number
  readonly #pages: Page[] = []
  #page: OpenPage | undefined
  #number = 0
  #column = 0
  /** Where columns begin, where the next item does, and the lowest end of a column. */
  #top = 0
  #y = 0
  #lowest = 0

  constructor(tools: FlowTools, count: number) {
    this.#tools = tools
    this.#count = count
  }

  get isFull(): boolean {
    return this.#pages.length >= this.#count
  }

  finish(): readonly Page[] {
    this.#endPage()
    return this.#pages
  }

  begin(section: FlowSection): void {
    const page = this.#page
    if (page !== undefined && section.isContinuous && isAlike(page.section, section)) {
      this.#page = { ...page, section }
      this.#top = this.#lowest
      this.#y = this.#lowest
      this.#column = 0
      return
    }
    this.#endPage()
    if (section.firstNumber !== undefined) this.#number = section.firstNumber - 1
    if (!this.isFull) this.#beginPage(section, true)
  }

  fill(section: FlowSection): void {
    const [{ width } = { width: 1 }] = section.columns
    const beside: FlowTools['beside'] = (floats) => this.#besideHere(section, floats)
    const items = layBlocks(section.blocks, width, { ...this.#tools, beside })
    let group: FlowItem[] = []
    for (const item of items) {
      if (item.breaksBefore && group.length > 0) {
        this.#placeGroup(section, group)
        group = []
      }
      group.push(item)
      if (item.keepsNext && group.length < MOST_TOGETHER) continue
      this.#placeGroup(section, group)
      group = []
      if (this.isFull) return
    }
    this.#placeGroup(section, group)
  }

  #placeGroup(section: FlowSection, group: readonly FlowItem[]): void {
    const [first] = group
    if (first === undefined || this.isFull) return
    if (first.breaksBefore && !this.#isPageEmpty()) this.#nextPage(section)
    const page = this.#page
    if (page === undefined) return
    const needed = heightOf(group) - (group.at(-1)?.after ?? 0) + notesHeight(group, page)
    const whole = page.bottom - page.top
    if (this.#y + needed > this.#bottom() && needed <= whole && group.length > 1) {
      this.#nextColumn(section, first)
    }
    for (const item of group) this.#place(section, item)
  }

  /** @param hasMoved - whether it is here since there was no room before, so that it stays */
  #place(section: FlowSection, item: FlowItem, hasMoved = false): void {
    const page = this.#page
    if (page === undefined || this.isFull) return
    const before = this.#isAtTop() && this.#hasGoneOn() ? 0 : item.before
    const end = this.#y + before + item.height + notesHeight([item], page)
    if (end > this.#bottom() + 0.01) {
      const parts = item.split?.(this.#bottom() - this.#y - before)
      if (parts !== undefined) {
        this.#draw(section, parts[0], before)
        this.#nextColumn(section, item)
        return this.#place(section, parts[1])
      }
      if (!hasMoved && !this.#isPageEmpty()) {
        // Columns that begin below others have no more room than this one.
        if (this.#isAtTop()) this.#nextPage(section)
        else this.#nextColumn(section, item)
        return this.#place(section, item, true)
      }
    }
    this.#draw(section, item, before)
  }

  #draw(section: FlowSection, item: FlowItem, before: number): void {
    const page = this.#page
    if (page === undefined) return
    const column = this.#columnOf(section)
    const frames = this.#framesOf(section, this.#y + before)
    for (const float of item.floats) {
      const placed = placeFloat(float, frames)
      // What leaves its height free has the text below it.
      if (float.wrap === 'clear') this.#y = Math.max(this.#y, placed.box.y + placed.box.height)
    }
    const drawn = drawFloats(item.floats, frames, this.#tools)
    page.behind.push(...drawn.behind)
    page.over.push(...drawn.over)
    page.notes.push(...item.notes)
    this.#y += before
    if (item.marks.length > 0) page.marks.push(moved(item.marks, column.left, this.#y))
    this.#y += item.height + item.after
    this.#lowest = Math.max(this.#lowest, this.#y)
  }

  #columnOf(section: FlowSection): { readonly left: number; readonly width: number } {
    const { left, width } = section.columns[this.#column] ?? { left: 0, width: section.width }
    return { left: section.margins.left + left, width }
  }

  #framesOf(section: FlowSection, top: number): FloatFrames {
    const { width, height, margins } = section
    const { left, width: columnWidth } = this.#columnOf(section)
    const page: Box = { x: 0, y: 0, width, height }
    const margin: Box = {
      x: margins.left,
      y: margins.top,
      width: width - margins.left - margins.right,
      height: height - margins.top - margins.bottom,
    }
    return { page, margin, column: { ...margin, x: left, width: columnWidth }, top }
  }

  /** What stands beside the place that the next item has, its own floats among it. */
  #besideHere(section: FlowSection, floats: readonly Float[]): Beside | undefined {
    const column = this.#columnOf(section)
    const frames = this.#framesOf(section, this.#y)
    const own = floats.filter(({ wrap }) => wrap === 'around')
    this.#page?.around.push(...own.map((float) => placeFloat(float, frames)))
    const [start, end] = [column.left, column.left + column.width]
    let beside: Beside | undefined
    for (const { box } of this.#page?.around ?? []) {
      if (box.y > this.#y + NEAR || box.y + box.height <= this.#y) continue
      const [before, after] = [box.x - start, end - box.x - box.width]
      if (before >= column.width || after >= column.width) continue
      const height = Math.max(beside?.height ?? 0, box.y + box.height - this.#y)
      if (Math.max(before, after) < LEAST_BESIDE) continue
      const left = before < after ? column.width - after + GAP : 0
      const right = before < after ? 0 : column.width - before + GAP
      beside = {
        left: Math.max(beside?.left ?? 0, left),
        right: Math.max(beside?.right ?? 0, right),
        height,
      }
    }
    return beside
  }

  #bottom(): number {
    const page = this.#page
    if (page === undefined) return 0
    const notes = page.notes.length === 0 ? 0 : heightOf(page.notes) + NOTES_ABOVE
    return page.bottom - notes
  }

  #isAtTop(): boolean {
    return this.#y <= this.#top + 0.01
  }

  #isPageEmpty(): boolean {
    return this.#isAtTop() && this.#column === 0 && this.#top <= (this.#page?.top ?? 0) + 0.01
  }

  /** Whether a page has been filled before this one in its section. */
  #hasGoneOn(): boolean {
    return this.#column > 0 || this.#pages.at(-1) !== undefined
  }

  /** @param item - what comes next, which may want its heading again */
  #nextColumn(section: FlowSection, item: FlowItem): void {
    if (this.#column + 1 < section.columns.length) {
      this.#column += 1
      this.#y = this.#top
    } else this.#nextPage(section)
    const heading = item.heading ?? []
    if (heightOf(heading) > (this.#bottom() - this.#y) / 2) return
    for (const each of heading) this.#draw(section, each, 0)
  }

  #nextPage(section: FlowSection): void {
    this.#endPage()
    if (!this.isFull) this.#beginPage(section, false)
  }

  #beginPage(section: FlowSection, isFirst: boolean): void {
    this.#number += 1
    const { height, margins, header, footer } = section
    const above = this.#layMargin(section, header, isFirst)
    const below = this.#layMargin(section, footer, isFirst)
    const [aboveHeight, belowHeight] = [heightOf(above), heightOf(below)]
    const top = Math.max(margins.top, aboveHeight > 0 ? header.distance + aboveHeight : 0)
    const low = Math.max(margins.bottom, belowHeight > 0 ? footer.distance + belowHeight : 0)
    const page: OpenPage = {
      section,
      behind: [],
      marks: [],
      over: [],
      notes: [],
      around: [],
      // Margins that leave nothing for the text are none.
      ...(height - top - low > LEAST_BESIDE
        ? { top, bottom: height - low }
        : { top: 0, bottom: height }),
    }
    this.#page = page
    this.#column = 0
    this.#top = page.top
    this.#y = page.top
    this.#lowest = page.top
    this.#drawMargin(section, above, header.distance)
    this.#drawMargin(section, below, height - footer.distance - belowHeight)
  }

  #layMargin(section: FlowSection, margin: FlowMargin, isFirst: boolean): readonly FlowItem[] {
    const { width, margins } = section
    const blocks = margin.blocksOf({ number: this.#number, isFirst })
    return [...layBlocks(blocks, Math.max(1, width - margins.left - margins.right), this.#tools)]
  }

  #drawMargin(section: FlowSection, items: readonly FlowItem[], top: number): void {
    const page = this.#page
    let y = top
    for (const item of items) {
      y += item.before
      const drawn = drawFloats(item.floats, this.#framesOf(section, y), this.#tools)
      page?.behind.push(...drawn.behind, ...drawn.over, moved(item.marks, section.margins.left, y))
      y += item.height + item.after
    }
  }

  #endPage(): void {
    const page = this.#page
    if (page === undefined) return
    this.#page = undefined
    const { width, height, margins } = page.section
    const { behind, marks, over } = page
    this.#pages.push({
      width,
      height,
      marks: [...behind, ...marks, ...drawNotes(page, margins.left), ...over],
    })
  }
}

/** From what text goes around to it, in points. */
const GAP = 9

function isAlike(one: FlowSection, other: FlowSection): boolean {
  return one.width === other.width && one.height === other.height
}

/** What notes of items take at the foot of a page. */
function notesHeight(items: readonly FlowItem[], page: OpenPage): number {
  const notes = items.flatMap((item) => item.notes)
  if (notes.length === 0) return 0
  return heightOf(notes) + (page.notes.length === 0 ? NOTES_ABOVE : 0)
}

function drawNotes({ notes, bottom }: OpenPage, left: number): readonly PageMark[] {
  if (notes.length === 0) return []
  let y = bottom - heightOf(notes)
  const above = y - NOTES_ABOVE / 2
  const marks: PageMark[] = [
    line([left, above], [left + NOTES_LINE.width, above], NOTES_LINE.stroke),
  ]
  for (const note of notes) {
    y += note.before
    marks.push(moved(note.marks, left, y))
    y += note.height + note.after
  }
  return marks
}
