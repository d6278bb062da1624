import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { layOutOdf } from '../../../../src/engine/pages/odf/lay-out-odf.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { withPackage } from '../../../../src/packages/package.ts'
import { type Parts, zip } from '../../../support/zip.ts'

const NAMES = [
  'office',
  'style',
  'text',
  'table',
  'draw',
  'presentation',
  'fo',
  'svg',
  'xlink',
  'loext',
]
  .map((name) => `xmlns:${name}="${name}"`)
  .join(' ')

/** What a document of OpenDocument has; of each part what is within its element. */
export interface OdfFile {
  readonly body: string
  /** Styles of the content that a program has made, and common ones. */
  readonly made?: string
  readonly styles?: string
  /** What is made for master pages, such as page layouts, and master pages. */
  readonly layouts?: string
  readonly masters?: string
  readonly parts?: Parts
}

/** Of a text document or a presentation. */
export type OdfKind = 'text' | 'presentation'

/** The page layout of 400 by 300 points that `masters` may refer to as `pm`, with margins of 50. */
export const LAYOUT =
  '<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="400pt" fo:page-height="300pt" fo:margin="50pt"/></style:page-layout>'

const MASTER = '<style:master-page style:name="Standard" style:page-layout-name="pm"/>'

/** The bytes of a document, whose pages are of 400 by 300 points unless it says otherwise. */
export function odfFile(
  kind: OdfKind,
  { body, made = '', styles = '', layouts = LAYOUT, masters = MASTER, parts = {} }: OdfFile,
): Buffer {
  return zip({
    mimetype: `application/vnd.oasis.opendocument.${kind}`,
    'styles.xml': `<office:document-styles ${NAMES}><office:styles>${styles}</office:styles><office:automatic-styles>${layouts}</office:automatic-styles><office:master-styles>${masters}</office:master-styles></office:document-styles>`,
    'content.xml': `<office:document-content ${NAMES}><office:automatic-styles>${made}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    ...parts,
  })
}

/** The text of the same in one file. */
export function flatFile(
  kind: OdfKind,
  { body, made = '', styles = '', layouts = LAYOUT, masters = MASTER }: OdfFile,
): string {
  return `<office:document ${NAMES} office:mimetype="application/vnd.oasis.opendocument.${kind}"><office:styles>${styles}</office:styles><office:automatic-styles>${layouts}${made}</office:automatic-styles><office:master-styles>${masters}</office:master-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document>`
}

const fonts = createPageFonts([])

/** Lays out a file on its first pages. */
export function layOutFile(
  kind: OdfKind,
  file: Buffer | string,
  count = 5,
): Promise<readonly Page[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  return withPackage(bytes, async (parts) => {
    const tools = { fonts, count, remark: (): void => undefined }
    const odf = kind === 'text' ? 'odt' : 'odp'
    return (await layOutOdf(parts, odf, undefined, tools)).pages
  })
}

/** Lays out what a document has. */
export function layOut(kind: OdfKind, file: OdfFile, count = 5): Promise<readonly Page[]> {
  return layOutFile(kind, odfFile(kind, file), count)
}

/** A style of a family with properties, such as `text-properties` with their attributes. */
export function style(family: string, name: string, properties: string, more = ''): string {
  return `<style:style style:family="${family}" style:name="${name}" ${more}>${properties}</style:style>`
}
