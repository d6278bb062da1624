import { attributeOf, descend, type Element } from '../element.ts'
import type { DrawnPart } from './deck.ts'

/** A shape, and the part that it is in. */
export interface ShapeOfPart {
  readonly shape: Element
  readonly part: DrawnPart
}

/** What a placeholder is for, as styles have it. */
export type TextClass = 'title' | 'body' | 'other'

/** Kinds of placeholders that are made after that of another kind on a master. */
const MASTER_KINDS: Readonly<Record<string, string>> = {
  ctrTitle: 'title',
  subTitle: 'body',
  obj: 'body',
  chart: 'body',
  tbl: 'body',
  clipArt: 'body',
  dgm: 'body',
  media: 'body',
  pic: 'body',
}

/** The element of a shape that says that it is a placeholder; undefined when it is none. */
export function placeholderOf(shape: Element): Element | undefined {
  for (const child of shape.children) {
    const found = descend(child, 'nvPr', 'ph')
    if (found !== undefined) return found
  }
  return undefined
}

/** What a placeholder is for, such as `title`. */
function kindOf(placeholder: Element): string {
  return attributeOf(placeholder, 'type') ?? 'obj'
}

/** Which of the styles of a master a shape has for its text; undefined for one that is no placeholder. */
export function textClassOf(shape: Element): TextClass | undefined {
  const placeholder = placeholderOf(shape)
  if (placeholder === undefined) return undefined
  const kind = kindOf(placeholder)
  if (kind === 'title' || kind === 'ctrTitle') return 'title'
  return (MASTER_KINDS[kind] ?? kind) === 'body' ? 'body' : 'other'
}

/**
 * The shapes that a placeholder is made after: that of its layout, and that of the master of it.
 *
 * @param models - the layout and the master, as far as there are any
 */
export function modelsOf(
  shape: Element,
  {
    layout,
    master,
  }: { readonly layout?: DrawnPart | undefined; readonly master?: DrawnPart | undefined },
): ShapeOfPart[] {
  const placeholder = placeholderOf(shape)
  if (placeholder === undefined) return []
  const ofLayout = findIn(layout, (each) => isMadeAfter(placeholder, each))
  const kind = kindOf((ofLayout && placeholderOf(ofLayout)) ?? placeholder)
  const wanted = MASTER_KINDS[kind] ?? kind
  const ofMaster = findIn(master, (each) => (MASTER_KINDS[kindOf(each)] ?? kindOf(each)) === wanted)
  return [
    ...(ofLayout !== undefined && layout !== undefined ? [{ shape: ofLayout, part: layout }] : []),
    ...(ofMaster !== undefined && master !== undefined ? [{ shape: ofMaster, part: master }] : []),
  ]
}

/** One without a number has that of 0; titles, dates and numbers of slides are there once, whatever they are numbered. */
function isMadeAfter(placeholder: Element, model: Element): boolean {
  const [kind, modelKind] = [kindOf(placeholder), kindOf(model)].map((each) =>
    each === 'ctrTitle' ? 'title' : each,
  )
  if (['title', 'dt', 'ftr', 'sldNum'].includes(kind ?? '')) return kind === modelKind
  return (attributeOf(placeholder, 'idx') ?? '0') === (attributeOf(model, 'idx') ?? '0')
}

function findIn(
  part: DrawnPart | undefined,
  isWanted: (placeholder: Element) => boolean,
): Element | undefined {
  return descend(part?.root, 'cSld', 'spTree')?.children.find((shape) => {
    const placeholder = placeholderOf(shape)
    return placeholder !== undefined && isWanted(placeholder)
  })
}
