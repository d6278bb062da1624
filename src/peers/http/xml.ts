import { DomUtils, parseDocument } from 'htmlparser2'

/** A document, or an element of it. */
type Node = Parameters<typeof DomUtils.getElementsByTagName>[1]

/** An element of the XML in which object stores answer. */
export interface Xml {
  /** What is in the first element inside of this one with a name, at any depth; undefined when there is none, or nothing. */
  text(name: string): string | undefined
  /** All elements inside of this one with a name. */
  all(name: string): readonly Xml[]
}

/** Reads XML; whatever is no XML has no elements. */
export function readXml(text: string): Xml {
  return wrap(parseDocument(text, { xmlMode: true }))
}

function wrap(node: Node): Xml {
  const all = (name: string) => DomUtils.getElementsByTagName(name, node)
  return {
    text(name) {
      const [first] = all(name)
      const found = first === undefined ? '' : DomUtils.textContent(first)
      return found === '' ? undefined : found
    },
    all: (name) => all(name).map(wrap),
  }
}
