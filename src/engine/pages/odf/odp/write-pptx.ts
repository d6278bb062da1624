import type { Package } from '../../../../packages/package.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { createWrittenPackage } from '../../written-package.ts'
import { readPictureSizes } from '../crops.ts'
import { writeFill } from '../drawing/fill.ts'
import { emu, toPoints } from '../measures.ts'
import { createPartLinks } from '../part-links.ts'
import { readTree, textOf } from '../read-tree.ts'
import {
  createOdfStyles,
  type Look,
  type MasterPages,
  type OdfStyles,
  readLook,
  readMasterPages,
  valueOf,
} from '../styles.ts'
import type { SlideContext } from './slide-context.ts'
import { writeShapes } from './write-shape.ts'

/** What the main part of a written presentation is called. */
export const MAIN = 'written/presentation.xml'

/** A screen, in points, where nothing is said. */
const PAGE = { width: 793.7, height: 446.5 }

/** More slides than are drawn. */
const MOST_SLIDES = 2000

/** What a master page shows of each slide where that says so. */
const SHOWN: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    header: 'display-header',
    footer: 'display-footer',
    'date-time': 'display-date-time',
    'page-number': 'display-page-number',
  }),
)

/**
 * Writes a presentation of OpenDocument as a PPTX, as far as its looks are alike.
 *
 * @param count - how many slides of it are wanted
 * @throws {@link OperationError} when it is damaged
 */
export async function writeOdpAsPptx(parts: Package, count: number): Promise<Package> {
  const common = parts.has('styles.xml') ? await readTree(parts, 'styles.xml') : undefined
  let pages = 0
  // Whether a page is hidden is told by styles, which stand before it; so more are read than are shown.
  const content = await readTree(parts, 'content.xml', (block) => {
    if (block.name === 'page') pages += 1
    return pages >= Math.min(MOST_SLIDES, count * 4 + 50)
  })
  const styles = createOdfStyles(common, content)
  const ofMasters = createOdfStyles(common, common)
  const masters = readMasterPages(common)
  const presentation = bodyOf(content)
  const sizes = await readPictureSizes(parts, [common, content])
  const files = new Map<string, Buffer>()
  const roots = new Map<string, Element>()
  const main = createPartLinks(files)
  const slides = childrenOf(presentation, 'page')
  const ids = slides.flatMap((page, index) => {
    const name = `slide${index + 1}`
    const links = createPartLinks(files)
    const master = masters.find(attributeOf(page, 'master-page-name')) ?? masters.first
    const own = {
      links,
      sizes,
      declared: declaredOf(page, presentation),
    }
    const contexts = {
      page: { ...own, styles },
      master: { ...own, styles: ofMasters },
    }
    roots.set(`written/${name}.xml`, writeSlide(page, master, contexts))
    roots.set(`written/_rels/${name}.xml.rels`, links.write())
    const id = main.add('slide', `written/${name}.xml`)
    return id === undefined ? [] : [makeElement('sldId', { 'r:id': id })]
  })
  const [width, height] = sizeOf(slides[0], masters)
  roots.set(
    MAIN,
    makeElement('presentation', {}, [
      makeElement('sldIdLst', {}, ids),
      makeElement('sldSz', { cx: emu(width), cy: emu(height) }),
    ]),
  )
  roots.set('written/_rels/presentation.xml.rels', main.write())
  return createWrittenPackage({ roots, files }, parts)
}

function bodyOf(content: Element): Element | undefined {
  const body = childOf(content, 'body')
  return childOf(body, 'presentation') ?? childOf(body, 'drawing')
}

function sizeOf(page: Element | undefined, masters: MasterPages): readonly [number, number] {
  const master = masters.find(attributeOf(page, 'master-page-name')) ?? masters.first
  const look = readLook(masters.layoutOf(master))
  const side = (name: 'width' | 'height'): number => {
    const points = toPoints(valueOf(look, 'page-layout', `page-${name}`))
    return points !== undefined && points >= 1 ? points : PAGE[name]
  }
  return [side('width'), side('height')]
}

/** What the footers of a slide say. */
function declaredOf(page: Element, presentation: Element | undefined): SlideContext['declared'] {
  const declared: Partial<Record<'footer' | 'header' | 'date-time', string>> = {}
  for (const name of ['footer', 'header', 'date-time'] as const) {
    const wanted = attributeOf(page, `use-${name}-name`)
    const declaration = childrenOf(presentation, `${name}-decl`).find(
      (each) => wanted !== undefined && attributeOf(each, 'name') === wanted,
    )
    if (declaration !== undefined) declared[name] = textOf(declaration)
  }
  return declared
}

function writeSlide(
  page: Element,
  master: Element | undefined,
  contexts: { readonly page: SlideContext; readonly master: SlideContext },
): Element {
  const look = pageLook(page, contexts.page.styles)
  const value = (name: string): string | undefined => valueOf(look, 'drawing-page', name)
  const isShown = (shape: Element): boolean => {
    const kind = attributeOf(shape, 'class')
    if (kind === undefined) return true
    const flag = SHOWN.get(kind)
    return flag !== undefined && value(flag) === 'true'
  }
  const ofMaster =
    value('background-objects-visible') === 'false'
      ? []
      : writeShapes(master?.children ?? [], contexts.master, isShown)
  const own = writeFill(look, contexts.page, { kind: 'drawing-page' })
  const background =
    own !== undefined && own.name !== 'noFill'
      ? own
      : value('background-visible') === 'false'
        ? undefined
        : writeFill(pageLook(master, contexts.master.styles), contexts.master, {
            kind: 'drawing-page',
          })
  return makeElement('sld', { show: value('visibility') === 'hidden' ? '0' : undefined }, [
    makeElement('cSld', {}, [
      background && makeElement('bg', {}, [makeElement('bgPr', {}, [background])]),
      makeElement('spTree', {}, [...ofMaster, ...writeShapes(page.children, contexts.page)]),
    ]),
  ])
}

function pageLook(page: Element | undefined, styles: OdfStyles): Look {
  return styles.look('drawing-page', attributeOf(page, 'style-name'))
}
