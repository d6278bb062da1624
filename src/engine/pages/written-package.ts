import { corruptSource } from '../../base/operation-error.ts'
import type { MarkupHandler } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import type { Element } from './element.ts'
import { makeElement } from './slides/make-element.ts'

/** Parts of a document of another format, as one of those that are drawn has them. */
export interface WrittenParts {
  /** The roots of parts that are XML, by their names. */
  readonly roots: ReadonlyMap<string, Element>
  /** Others, such as pictures. */
  readonly files: ReadonlyMap<string, Buffer>
}

/**
 * A package with parts that are nowhere written, besides those that a document has. So whatever lays out DOCX and PPTX lays out
 * what other formats say of the same.
 *
 * @param others - the document
 */
export function createWrittenPackage({ roots, files }: WrittenParts, others?: Package): Package {
  return {
    names: [...roots.keys(), ...files.keys(), ...(others?.names ?? [])],
    has: (name) => roots.has(name) || files.has(name) || (others?.has(name) ?? false),
    async *read(name) {
      const file = files.get(name)
      if (file !== undefined) yield file
      else if (others === undefined) throw corruptSource('office document')
      else yield* others.read(name)
    },
    async parse(name, handler, skip) {
      const root = roots.get(name)
      if (root !== undefined) tell(root, handler)
      else if (others === undefined) throw corruptSource('office document')
      else await others.parse(name, handler, skip)
    },
  }
}

/** The part of the relationships of another one (ECMA-376, part 2, 9.3), by their ids. */
export function relationships(
  links: Iterable<readonly [id: string, link: { readonly type: string; readonly target: string }]>,
): Element {
  return makeElement(
    'Relationships',
    {},
    Array.from(links, ([id, { type, target }]) =>
      makeElement('Relationship', { Id: id, Type: type, Target: `/${target}` }),
    ),
  )
}

function tell(element: Element, handler: MarkupHandler): void {
  handler.open?.(element.name, element.attributes)
  if (element.text !== '') handler.text?.(element.text)
  for (const child of element.children) tell(child, handler)
  handler.close?.(element.name)
}
