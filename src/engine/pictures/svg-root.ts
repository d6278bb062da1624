import { TextDecoder } from 'node:util'
import { readByteOrderMark } from '../../sources/charset.ts'
import { toDecoder } from '../../sources/encoding/decoder.ts'
import { toLengthInPixels } from '../css-length.ts'

/** The size of an SVG that says nothing of it, in pixels: CSS Images 3, section 4.1, and so every browser. */
const DEFAULT_SIZE = { width: 300, height: 150 }

/** What libvips looks for at the start of an SVG, whatever its element is called and however late it comes. */
const MARK = '<!-- <svg -->'

/**
 * Has libvips take an SVG for one, and sized by its viewBox alone. Width and height in the file are in many units, in per cent
 * of nothing, or of another shape than the picture, and librsvg draws millimetres larger when it draws at a higher density,
 * pixels not.
 *
 * @returns the file with a viewBox in place of width and height, or as it was when it has no start tag
 */
export function toDrawable(svg: Buffer): Buffer {
  // One character a byte, so that whatever else is in the file stays as it is, in any encoding that extends ASCII.
  const text = withoutMark(svg).toString('latin1')
  const [declaration = ''] = /^<\?xml\s[^>]*\?>/.exec(text) ?? []
  const root = findRoot(text)
  if (root === undefined) return svg
  const tag = text.slice(root.start, root.end)
  const between = text.slice(declaration.length, root.start)
  return Buffer.from(
    declaration + MARK + between + sizeByViewBox(tag) + withoutFeatures(text.slice(root.end)),
    'latin1',
  )
}

/** An element that is asked for by features, where it is none that librsvg cannot draw. */
const BY_FEATURES =
  /(<(?!(?:[\w.-]+:)?foreignObject[\s>])[\w.:-]+(?:\s[^>]*?)?)\srequiredFeatures\s*=\s*(?:"[^"]*"|'[^']*')/g

/** Has nobody ask for features, which SVG 2 has given up: librsvg still leaves out what asks for some, and no browser does. */
function withoutFeatures(text: string): string {
  if (!text.includes('requiredFeatures')) return text
  return text.replaceAll(BY_FEATURES, '$1')
}

/** The file in an encoding that extends ASCII, without a byte order mark. */
function withoutMark(svg: Buffer): Buffer {
  const encoding = readByteOrderMark(svg) ?? guessWide(svg)
  if (encoding === undefined) return svg
  const text = (toDecoder(encoding) ?? new TextDecoder()).decode(svg)
  // It says another encoding than the one that it has now.
  return Buffer.from(text.replace(/^<\?xml\s[^>]*\?>/, ''))
}

/** UTF-16 without a mark begins with a bracket and a zero (XML 1.0, appendix F). */
function guessWide([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0x3c && second === 0) return 'utf-16le'
  return first === 0 && second === 0x3c ? 'utf-16be' : undefined
}

function sizeByViewBox(tag: string): string {
  const viewBox = attribute('viewBox').test(tag) ? '' : ` viewBox="${makeViewBox(tag)}"`
  return tag
    .replaceAll(attribute('(?:width|height)'), '')
    .replace(attribute('style'), (style) => style.replaceAll(styled('(?:width|height)'), '$1'))
    .replace(/^<[^\s/>]+/, `$&${viewBox}`)
}

function makeViewBox(tag: string): string {
  const width = lengthOf(tag, 'width') ?? DEFAULT_SIZE.width
  const height = lengthOf(tag, 'height') ?? DEFAULT_SIZE.height
  return `0 0 ${width} ${height}`
}

/** A part of a text, from one place up to another. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Finds where the start tag of the document's element is, behind declarations, comments and document type.
 *
 * @param text - one character a byte
 */
export function findRoot(text: string): Span | undefined {
  const prolog = /^(?:\s+|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(?:\[[^]*?\]\s*)?>)*/i.exec(text)
  const start = prolog?.[0].length ?? 0
  const [tag] =
    /^<(?:[\w.-]+:)?svg(?:\s+[^\s=>"']+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/.exec(
      text.slice(start),
    ) ?? []
  return tag === undefined ? undefined : { start, end: start + tag.length }
}

function attribute(name: string): RegExp {
  return new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g')
}

/** A declaration in an attribute `style`, and what is before it. */
function styled(name: string): RegExp {
  return new RegExp(`([;"'])\\s*${name}\\s*:([^;"']*)`, 'gi')
}

/** A length in pixels, of which a style comes before an attribute; undefined when it is relative, or none. */
function lengthOf(tag: string, name: string): number | undefined {
  const [style = ''] = attribute('style').exec(tag) ?? []
  const [, , own] = styled(name).exec(style) ?? []
  const [, double, single] = attribute(name).exec(tag) ?? []
  return toLengthInPixels(own?.replace(/!\s*important\s*$/i, '') ?? double ?? single ?? '')
}
