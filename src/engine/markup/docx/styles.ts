import { escapeText } from '../write-html.ts'
import { WORD } from './fixed-parts.ts'

/** The sizes of headings in half points, the highest first. */
const HEADING_SIZES = [36, 30, 26, 24, 22, 22]

/** The styles that a text has: those of Word by their own names, so that tables of contents and themes know them. */
export function writeStyles(language: string | undefined): string {
  const spoken = language ? `<w:lang w:val="${escapeText(language)}"/>` : ''
  const headings = HEADING_SIZES.map((size, index) =>
    paragraphStyle(
      `Heading${index + 1}`,
      `heading ${index + 1}`,
      `<w:next w:val="Normal"/>`,
      `<w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="${index}"/>`,
      `<w:b/><w:bCs/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
    ),
  )
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri" w:eastAsia="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/>${spoken}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>${headings.join('')}${OTHERS}</w:styles>`
}

function paragraphStyle(
  id: string,
  name: string,
  next: string,
  paragraph: string,
  run: string,
): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>${next}<w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`
}

const MONOSPACED =
  '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New" w:eastAsia="Consolas"/>'

const BORDERS = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
  .join('')

const OTHERS = [
  paragraphStyle('Quote', 'Quote', '', '<w:ind w:left="567" w:right="567"/>', '<w:i/><w:iCs/>'),
  paragraphStyle('ListParagraph', 'List Paragraph', '', '<w:contextualSpacing/>', ''),
  paragraphStyle(
    'SourceCode',
    'Source Code',
    '',
    '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/><w:spacing w:line="240" w:lineRule="auto"/>',
    `${MONOSPACED}<w:noProof/><w:sz w:val="20"/><w:szCs w:val="20"/>`,
  ),
  `<w:style w:type="character" w:styleId="SourceCodeChar"><w:name w:val="Source Code Char"/><w:qFormat/><w:rPr>${MONOSPACED}<w:noProof/></w:rPr></w:style>`,
  '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>',
  `<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:tblPr><w:tblBorders>${BORDERS}</w:tblBorders></w:tblPr></w:style>`,
].join('')
