import { type Document, type Element, isDirective } from 'domhandler'
import { DomUtils, parseDocument } from 'htmlparser2'

/** The entities that every XML has (XML 1.0, section 4.6). */
const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
}

/** A text of an SVG with its entities as what they mean; letters beyond the first 256 stay as they are written, one character being a byte. */
export function decodeText(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name = '') => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      if (code < 128) return String.fromCharCode(code)
      return ENTITIES[name] ?? whole
    },
  )
}

/** Reads an SVG as elements, with its entities as they are written. */
export function parseSvg(svg: string): Document {
  return parseDocument(svg, { xmlMode: true, decodeEntities: false })
}

/** Writes the elements of an SVG. */
export function printSvg(document: Document): string {
  for (const instruction of DomUtils.filter(isDirective, document).filter(isDirective)) {
    // The parser drops what an instruction of XML ends with.
    if (instruction.name.startsWith('?')) instruction.data = instruction.data.replace(/\??$/, '?')
  }
  return DomUtils.getOuterHTML(document, { xmlMode: true, decodeEntities: false })
}

/** The name of an element without its prefix. */
export function localName({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1)
}
