import {
  familyOf,
  type OFFICE_FAMILIES,
  type OfficeFamily,
  type OfficeSourceId,
  type OfficeTargetId,
} from '../../sources/office-formats.ts'

/** A filter of LibreOffice, by its internal name, and the options that it takes as one text. */
export interface OfficeFilter {
  readonly name: string
  readonly options?: string
}

/** Comma, quotation mark, UTF-8, from line 1, American; what is within quotation marks stays a text, and so does a formula. */
const READ_CSV = '44,34,76,1,,1033,true,false,false,false,false,0,false'

/** Comma, quotation mark, UTF-8; what is shown rather than formulas, and the first sheet alone. */
const WRITE_CSV = '44,34,76,1,,1033,false,true,true,false,false,0'

/**
 * The one filter that opens each format: left to itself LibreOffice takes whatever is damaged for a text. The names are those of
 * https://help.libreoffice.org/latest/en-US/text/shared/guide/convertfilters.html.
 */
const READING: Readonly<Record<OfficeSourceId, OfficeFilter>> = {
  docx: { name: 'MS Word 2007 XML' },
  doc: { name: 'MS Word 97' },
  odt: { name: 'writer8' },
  rtf: { name: 'Rich Text Format' },
  html: { name: 'HTML (StarWriter)' },
  xhtml: { name: 'HTML (StarWriter)' },
  text: { name: 'Text (encoded)', options: 'UTF8,LF,,,' },
  xlsx: { name: 'Calc MS Excel 2007 XML' },
  xlsb: { name: 'Calc MS Excel 2007 Binary' },
  xls: { name: 'MS Excel 97' },
  ods: { name: 'calc8' },
  csv: { name: 'Text - txt - csv (StarCalc)', options: READ_CSV },
  pptx: { name: 'Impress MS PowerPoint 2007 XML' },
  ppt: { name: 'MS PowerPoint 97' },
  odp: { name: 'impress8' },
  odg: { name: 'draw8' },
}

type Targets<Family extends OfficeFamily> = (typeof OFFICE_FAMILIES)[Family]['to'][number]

const WRITING: {
  readonly [Family in OfficeFamily]: Readonly<Record<Targets<Family>, OfficeFilter>>
} = {
  text: {
    pdf: { name: 'writer_pdf_Export' },
    docx: { name: 'MS Word 2007 XML' },
    doc: { name: 'MS Word 97' },
    odt: { name: 'writer8' },
    rtf: { name: 'Rich Text Format' },
    // Pictures are in the file itself, as there is no folder beside it.
    html: { name: 'HTML (StarWriter)', options: 'EmbedImages' },
    epub: { name: 'EPUB' },
    // Without the mark of a byte order.
    text: { name: 'Text (encoded)', options: 'UTF8,LF,,,false' },
  },
  sheet: {
    pdf: { name: 'calc_pdf_Export' },
    xlsx: { name: 'Calc MS Excel 2007 XML' },
    xls: { name: 'MS Excel 97' },
    ods: { name: 'calc8' },
    csv: { name: 'Text - txt - csv (StarCalc)', options: WRITE_CSV },
    html: { name: 'HTML (StarCalc)', options: 'EmbedImages' },
  },
  slides: {
    pdf: { name: 'impress_pdf_Export' },
    pptx: { name: 'Impress MS PowerPoint 2007 XML' },
    ppt: { name: 'MS PowerPoint 97' },
    odp: { name: 'impress8' },
  },
  drawing: { pdf: { name: 'draw_pdf_Export' } },
}

/** What a format is opened with. */
export function readingFilter(from: OfficeSourceId): OfficeFilter {
  return READING[from]
}

/** What a format is written with; undefined when it cannot be made of a file of such a kind. */
export function writingFilter(from: OfficeSourceId, to: OfficeTargetId): OfficeFilter | undefined {
  const filters: Readonly<Partial<Record<OfficeTargetId, OfficeFilter>>> = WRITING[familyOf(from)]
  return filters[to]
}
