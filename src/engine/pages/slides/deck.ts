import { type Relationship, readRelationships } from '../../../packages/opc.ts'
import type { Package } from '../../../packages/package.ts'
import { listSlides } from '../../text/pptx.ts'
import { childOf, createElementReader, type Element, type ElementReader } from '../element.ts'
import type { Palette } from './colours/read-colour.ts'
import { flagOf, pointsOf } from './drawing-values.ts'
import type { FillContext } from './fills.ts'
import { NO_THEME, paletteOf, readTheme, type Theme, USUAL_MAP } from './theme.ts'

/** A part that has shapes, and what they refer to. */
export interface DrawnPart extends FillContext {
  readonly root: Element
  readonly links: ReadonlyMap<string, Relationship>
}

/** A slide, and what it is made after. */
export interface SlideParts {
  readonly isHidden: boolean
  readonly slide: DrawnPart
  readonly layout: DrawnPart | undefined
  readonly master: DrawnPart | undefined
  readonly theme: Theme
}

/** What shapes of a document are drawn with, be it a presentation or not. */
export interface DrawingSource {
  /** How texts look that nobody says more of. */
  readonly textStyle: Element | undefined
  /** Styles of tables, by their ids. */
  readonly tableStyles: ReadonlyMap<string, Element>
  readonly readElements: ElementReader
  /** Reads a part that a slide or a sheet refers to, and that is drawn in its colours. */
  readonly openPart: PartOpener
}

/** Reads a part that has shapes. */
export type PartOpener = (part: string, palette: Palette) => Promise<DrawnPart>

/** A presentation. */
export interface Deck extends DrawingSource {
  /** In points. */
  readonly width: number
  readonly height: number
  /** What number the first slide has. */
  readonly firstNumber: number
  /** The parts of its slides, hidden ones among them. */
  readonly slides: readonly string[]
  /** Reads a slide; undefined for one that is not there. */
  readonly openSlide: (part: string) => Promise<SlideParts | undefined>
}

/** Ten inches by seven and a half, as slides once were. */
const USUAL_SIZE = { width: 720, height: 540 }

/**
 * Opens a presentation.
 *
 * @param main - the name of its main part
 * @throws {@link OperationError} when it is damaged
 */
export async function openDeck(parts: Package, main: string): Promise<Deck> {
  const readElements = createElementReader(parts, 'Fallback')
  const presentation = await readElements(main)
  const size = childOf(presentation, 'sldSz')
  const links = await readRelationships(parts, main)
  const styles = links.find(({ type, target }) => type === 'tableStyles' && parts.has(target))

  const openPart = createPartOpener(parts, readElements)

  async function openSlide(part: string): Promise<SlideParts | undefined> {
    if (!parts.has(part)) return undefined
    const root = await readElements(part)
    const layout = await follow(part, 'slideLayout')
    const master = layout && (await follow(layout, 'slideMaster'))
    const themed = (master && (await follow(master, 'theme'))) ?? (await follow(main, 'theme'))
    const theme = themed === undefined ? NO_THEME : readTheme(await readElements(themed))
    const masterRoot = master === undefined ? undefined : await readElements(master)
    const layoutRoot = layout === undefined ? undefined : await readElements(layout)
    const ofMaster = mapOf(childOf(masterRoot, 'clrMap')) ?? USUAL_MAP
    const ofLayout = overriding(layoutRoot) ?? ofMaster
    const ofSlide = overriding(root) ?? ofLayout
    return {
      isHidden: flagOf(root, 'show') === false,
      slide: await openPart(part, paletteOf(theme, ofSlide)),
      layout: layout === undefined ? undefined : await openPart(layout, paletteOf(theme, ofLayout)),
      master: master === undefined ? undefined : await openPart(master, paletteOf(theme, ofMaster)),
      theme,
    }
  }

  /** The part that another one refers to for a purpose. */
  async function follow(part: string, purpose: string): Promise<string | undefined> {
    const found = await readRelationships(parts, part)
    return found.find(({ type, target }) => type === purpose && parts.has(target))?.target
  }

  return {
    width: lengthOf(size, 'cx') ?? USUAL_SIZE.width,
    height: lengthOf(size, 'cy') ?? USUAL_SIZE.height,
    firstNumber: Number.parseInt(presentation.attributes['firstSlideNum'] ?? '1', 10) || 1,
    textStyle: childOf(presentation, 'defaultTextStyle'),
    tableStyles: stylesOf(styles && (await readElements(styles.target))),
    slides: await listSlides(parts, main),
    readElements,
    openSlide,
    openPart,
  }
}

/** Makes what reads parts that have shapes, see {@link DrawingSource.openPart}. */
export function createPartOpener(parts: Package, readElements: ElementReader): PartOpener {
  return async (part, palette) => {
    const found = (await readRelationships(parts, part)).filter(({ target }) => parts.has(target))
    const byId = new Map(found.map((link) => [link.id, link]))
    return {
      root: await readElements(part),
      links: byId,
      palette,
      partOf: (id) => byId.get(id)?.target,
    }
  }
}

function overriding(root: Element | undefined): ReadonlyMap<string, string> | undefined {
  return mapOf(childOf(childOf(root, 'clrMapOvr'), 'overrideClrMapping'))
}

function mapOf(element: Element | undefined): ReadonlyMap<string, string> | undefined {
  return element && new Map(Object.entries(element.attributes))
}

function stylesOf(root: Element | undefined): ReadonlyMap<string, Element> {
  return new Map(
    root?.children.map((style) => [style.attributes['styleId']?.toUpperCase() ?? '', style]),
  )
}

/** A side of a slide in points; undefined when there is none of use. */
function lengthOf(size: Element | undefined, name: string): number | undefined {
  const points = pointsOf(size, name)
  return points !== undefined && points >= 1 ? points : undefined
}
