import { RDF } from '../packet/packet.ts'
import type { Properties } from '../packet/write-properties.ts'
import { textOf, type XmlElement } from '../xml/element.ts'

const DC = 'http://purl.org/dc/elements/1.1/'

/** The RDF that a drawing may have beside XMP, or instead of it. */
export function isRdf({ namespace, localName }: XmlElement): boolean {
  return namespace === RDF && localName === 'RDF'
}

/**
 * Reads what Inkscape and others write of a drawing: RDF of which the subject has a type, as `cc:Work`, and whose people and
 * organisations are nodes with a title (https://creativecommons.org/ns).
 *
 * @param rdf - an element `rdf:RDF`
 */
export function readWork(text: string, rdf: XmlElement): Properties {
  const properties = rdf.children.flatMap(({ children }) => children)
  const find = (name: string): string[] =>
    properties
      .filter(({ namespace, localName }) => namespace === DC && localName === name)
      .flatMap((property) => valuesOf(text, property))
  return {
    'dc:title': { alt: find('title')[0] },
    'dc:creator': { seq: find('creator') },
    'dc:contributor': { bag: find('contributor') },
    'dc:publisher': { bag: find('publisher') },
    'dc:subject': { bag: find('subject') },
    'dc:description': { alt: find('description')[0] },
    'dc:rights': { alt: find('rights')[0] },
    'dc:language': { bag: find('language') },
    'dc:date': { seq: find('date') },
    'dc:identifier': { text: find('identifier')[0] },
    'dc:source': { text: find('source')[0] },
    'dc:coverage': { text: find('coverage')[0] },
    'dc:relation': { bag: find('relation') },
  }
}

/** The texts of a property: its own, those of a list, or the titles of nodes. */
function valuesOf(text: string, property: XmlElement): string[] {
  const { children } = property
  const values =
    children.length === 0
      ? [textOf(text, property)]
      : children.flatMap((child) =>
          child.namespace === RDF || child.children.length > 0
            ? child.children.flatMap((each) => valuesOf(text, each))
            : [textOf(text, child)],
        )
  return values.map((value) => value.replaceAll(/\s+/g, ' ').trim()).filter((value) => value !== '')
}
