import type { Package } from '../../../packages/package.ts'
import {
  attributeOf,
  childOf,
  descendantsOf,
  type Element,
  type ElementReader,
} from '../element.ts'
import { createPartOpener, type DrawingSource } from './deck.ts'
import { makeElement } from './make-element.ts'

function letters(name: string, size: string, bold?: '1'): Element {
  return makeElement(name, {}, [makeElement('defRPr', { sz: size, b: bold })])
}

function solid(colour: string): Element {
  return makeElement('solidFill', {}, [makeElement('srgbClr', { val: colour })])
}

/** How letters are that say nothing, in hundredths of a point. */
const TEXT_STYLE = makeElement('defaultTextStyle', {}, [letters('lvl1pPr', '1100')])
const CHART_TEXT = makeElement('txPr', {}, [makeElement('p', {}, [letters('pPr', '1000')])])

/** How the title of a chart is that says nothing of its letters. */
const TITLE_TEXT = makeElement('txPr', {}, [makeElement('p', {}, [letters('pPr', '1800', '1')])])

/** What is behind a chart that says nothing, and the line around it. */
const CHART_LOOK = makeElement('spPr', {}, [
  solid('FFFFFF'),
  makeElement('ln', { w: '9525' }, [solid('D9D9D9')]),
])

/** Makes what drawings are drawn with in a document that is no presentation, such as a workbook. */
export function createEmbeddedDrawings(parts: Package, readElements: ElementReader): DrawingSource {
  const open = createPartOpener(parts, readElements)
  return {
    textStyle: TEXT_STYLE,
    tableStyles: new Map(),
    readElements,
    async openPart(part, palette) {
      const drawn = await open(part, palette)
      return drawn.root.name === 'chartSpace'
        ? { ...drawn, root: withUsualLook(drawn.root) }
        : drawn
    },
  }
}

/** A chart with what it looks like outside of a presentation where it does not say it itself. */
function withUsualLook(chart: Element): Element {
  const added = [CHART_LOOK, CHART_TEXT].filter(({ name }) => childOf(chart, name) === undefined)
  return { ...chart, children: [...chart.children.map(withUsualTitle), ...added] }
}

function withUsualTitle(element: Element): Element {
  if (element.name !== 'chart') return element
  return {
    ...element,
    children: element.children.map((child) =>
      child.name === 'title' && !saysSize(child)
        ? { ...child, children: [...child.children, TITLE_TEXT] }
        : child,
    ),
  }
}

function saysSize(title: Element): boolean {
  return ['rPr', 'defRPr'].some((name) =>
    Array.from(descendantsOf(title, name)).some((each) => attributeOf(each, 'sz') !== undefined),
  )
}
