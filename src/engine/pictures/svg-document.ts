import { type Document, isDirective } from 'domhandler'
import { DomUtils, parseDocument } from 'htmlparser2'

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
