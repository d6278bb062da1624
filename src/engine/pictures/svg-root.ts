import { toLengthInPixels } from '../css-length.ts'

/** The size of an SVG that says nothing of it, in pixels: CSS Images 3, section 4.1, and so every browser. */
const DEFAULT_SIZE = { width: 300, height: 150 }

/**
 * Has an SVG sized by its viewBox alone. Width and height in the file are in many units, in per cent of nothing, or of
 * another shape than the picture, and librsvg draws millimetres larger when it draws at a higher density, pixels not.
 *
 * @returns the file with a viewBox in place of width and height, or as it was when it has no start tag
 */
export function sizeByViewBox(svg: Buffer): Buffer {
  // One character a byte, so that whatever else is in the file stays as it is, in any encoding that extends ASCII.
  const text = svg.toString('latin1')
  const root = findRoot(text)
  if (root === undefined) return svg
  const tag = text.slice(root.start, root.end)
  const sized = tag.replaceAll(attribute('(?:width|height)'), '')
  const viewBox = attribute('viewBox').test(tag) ? '' : ` viewBox="${makeViewBox(tag)}"`
  const boxed = sized.replace(/^<[^\s/>]+/, `$&${viewBox}`)
  return Buffer.from(text.slice(0, root.start) + boxed + text.slice(root.end), 'latin1')
}

function makeViewBox(tag: string): string {
  const width = lengthOf(tag, 'width') ?? DEFAULT_SIZE.width
  const height = lengthOf(tag, 'height') ?? DEFAULT_SIZE.height
  return `0 0 ${width} ${height}`
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Where the start tag of the document's element is, behind declarations, comments and document type. */
function findRoot(text: string): Span | undefined {
  const prolog =
    /^(?:\xEF\xBB\xBF)?(?:\s+|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(?:\[[^]*?\]\s*)?>)*/i.exec(
      text,
    )
  const start = prolog?.[0].length ?? 0
  const [tag] =
    /^<(?:[\w-]+:)?svg(?:\s+[^\s=>"']+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/.exec(
      text.slice(start),
    ) ?? []
  return tag === undefined ? undefined : { start, end: start + tag.length }
}

function attribute(name: string): RegExp {
  return new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g')
}

/** A length in pixels; undefined when it is relative, or none. */
function lengthOf(tag: string, name: string): number | undefined {
  const [, double, single] = attribute(name).exec(tag) ?? []
  return toLengthInPixels(double ?? single ?? '')
}
