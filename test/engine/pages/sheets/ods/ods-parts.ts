import type { Page } from '../../../../../src/engine/pages/drawing/page.ts'
import { createPageFonts } from '../../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { layOutOds } from '../../../../../src/engine/pages/sheets/ods/lay-out-ods.ts'
import { withPackage } from '../../../../../src/packages/package.ts'
import type { Parts } from '../../../../support/zip.ts'
import { odf, odfPart } from '../../../text/documents.ts'

/** A spreadsheet of sheets, with what says how their cells look. */
export interface OdsParts {
  readonly sheets: string
  /** Styles that the program has made, and those that have names; elements of pages. */
  readonly made?: string
  readonly named?: string
  readonly layouts?: string
  readonly masters?: string
  readonly parts?: Parts
}

/** Letters of Arial in 10 points, in all cells. */
const USUAL =
  '<style:default-style style:family="table-cell"><style:text-properties fo:font-family="Arial" fo:font-size="10pt"/></style:default-style>'

/** The style of a family with such properties. */
export function style(name: string, family: string, properties: string, more = ''): string {
  return `<style:style style:name="${name}" style:family="${family}" ${more}>${properties}</style:style>`
}

/** A sheet of rows. */
export function sheet(rows: string, more = ''): string {
  return `<table:table table:name="One" ${more}>${rows}</table:table>`
}

/** A row of cells. */
export function row(cells: string, more = ''): string {
  return `<table:table-row ${more}>${cells}</table:table-row>`
}

/** A cell with a text. */
export function text(shown: string, more = ''): string {
  return `<table:table-cell office:value-type="string" ${more}><text:p>${shown}</text:p></table:table-cell>`
}

/** A cell with a number, and how it was shown. */
export function number(value: number, shown: string, more = ''): string {
  const paragraph = shown === '' ? '' : `<text:p>${shown}</text:p>`
  return `<table:table-cell office:value-type="float" office:value="${value}" ${more}>${paragraph}</table:table-cell>`
}

/** Writes a spreadsheet. */
export function spreadsheet(parts: OdsParts): Buffer {
  const { sheets, made = '', named = '', layouts = '', masters = '' } = parts
  return odf('spreadsheet', '', {
    'content.xml': odfPart(
      `<office:automatic-styles>${made}</office:automatic-styles><office:body><office:spreadsheet>${sheets}</office:spreadsheet></office:body>`,
    ),
    'styles.xml': odfPart(
      `<office:styles>${USUAL}${named}</office:styles><office:automatic-styles>${layouts}</office:automatic-styles><office:master-styles>${masters}</office:master-styles>`,
    ),
    ...parts.parts,
  })
}

const fonts = createPageFonts([])

/** The pages of a spreadsheet, and what is told of them. */
export async function pagesOf(
  parts: OdsParts,
  count = 20,
): Promise<{ readonly pages: readonly Page[]; readonly remarks: readonly string[] }> {
  const remarks: string[] = []
  const tools = { fonts, count, remark: (sentence: string) => void remarks.push(sentence) }
  const { pages } = await withPackage(spreadsheet(parts), (opened) => layOutOds(opened, tools))
  return { pages, remarks }
}
