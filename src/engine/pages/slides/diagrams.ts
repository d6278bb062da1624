import { childOf, descendantsOf, type Element, linkOf } from '../element.ts'
import type { DrawnPart } from './deck.ts'
import type { DrawingTools } from './drawing-tools.ts'
import { makeElement } from './make-element.ts'

/** What a diagram looks like, as who has drawn it last has left it (MS-ODRAWXML 2.5). */
export interface Diagram {
  readonly part: DrawnPart
  /** Its shapes, from the upper left of its frame. */
  readonly tree: Element | undefined
}

/**
 * Finds how a diagram is drawn; one that nobody has drawn is a list of its texts.
 *
 * @param ids - the element that says which parts it has
 * @param frame - where it is
 */
export async function diagramOf(
  ids: Element,
  frame: { readonly width: number; readonly height: number },
  { deck, part }: DrawingTools,
): Promise<Diagram> {
  const data = part.partOf(linkOf(ids, 'dm') ?? '')
  const model = data === undefined ? undefined : await deck.readElements(data)
  const drawing = model && drawingOf(model, part)
  if (drawing !== undefined) {
    const drawn = await deck.openPart(drawing, part.palette)
    return { part: drawn, tree: childOf(drawn.root, 'spTree') }
  }
  return { part, tree: model && textsOf(model, frame) }
}

/** The part that has the drawing of a diagram. */
function drawingOf(model: Element, { links, partOf }: DrawnPart): string | undefined {
  const [named] = descendantsOf(model, 'dataModelExt')
  const known = partOf(named?.attributes['relId'] ?? '')
  if (known !== undefined) return known
  const drawings = Array.from(links.values()).filter(({ type }) => type === 'diagramDrawing')
  return drawings.length === 1 ? drawings[0]?.target : undefined
}

function textsOf(
  model: Element,
  { width, height }: { readonly width: number; readonly height: number },
): Element {
  const paragraphs = Array.from(descendantsOf(model, 'pt')).flatMap((point) =>
    (childOf(point, 't')?.children ?? []).filter(({ name }) => name === 'p'),
  )
  const fit = makeElement('normAutofit', { fontScale: '100%' })
  const body = makeElement('txBody', {}, [
    makeElement('bodyPr', { anchor: 'ctr' }, [fit]),
    ...paragraphs,
  ])
  const place = makeElement('xfrm', {}, [
    makeElement('off', { x: '0', y: '0' }),
    makeElement('ext', { cx: `${width}pt`, cy: `${height}pt` }),
  ])
  const shape = makeElement('sp', {}, [makeElement('spPr', {}, [place]), body])
  return makeElement('spTree', {}, [shape])
}
