import { pictureSize } from '../picture-size.ts'
import type { Direction, Inline, Mark, Picture } from '../rich-text.ts'
import { pictureBytes } from '../safe-urls.ts'
import { escapeText } from '../write-html.ts'

/** English Metric Units in a CSS pixel, of which 96 are an inch. */
const UNITS_PER_PIXEL = 9525

/** As wide as the text of a page, and as high as most of it, in pixels. */
const MOST_WIDTH = 604
const MOST_HEIGHT = 860

const EXTENSIONS = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
])

/** In the order in which the schema has them. */
const PROPERTIES: readonly (readonly [Mark, string])[] = [
  ['strong', '<w:b/><w:bCs/>'],
  ['em', '<w:i/><w:iCs/>'],
  ['strike', '<w:strike/>'],
  ['mark', '<w:highlight w:val="yellow"/>'],
  ['underline', '<w:u w:val="single"/>'],
]

/** What a line needs of the rest of the document. */
export interface LineParts {
  /** The number of a link out of the document. */
  readonly link: (href: string) => string
  /** The number of a picture. */
  readonly picture: (bytes: Buffer, extension: string) => string
  /** What a place is called, which Word wants short and plain, and its number. */
  readonly place: (id: string) => { readonly name: string; readonly number: number }
  /** A number that no other picture has. */
  readonly nextDrawing: () => number
}

/** The runs of a line. */
export function writeLine(
  content: readonly Inline[],
  direction: Direction | undefined,
  parts: LineParts,
): string {
  return content.map((each) => writeInline(each, direction, parts)).join('')
}

function writeInline(each: Inline, direction: Direction | undefined, parts: LineParts): string {
  switch (each.kind) {
    case 'break':
      return '<w:r><w:br/></w:r>'
    case 'anchor': {
      const { name, number } = parts.place(each.id)
      return `<w:bookmarkStart w:id="${number}" w:name="${name}"/><w:bookmarkEnd w:id="${number}"/>`
    }
    case 'picture':
      return withLink(each.link, writePicture(each, direction, parts), parts)
    case 'text':
    default: {
      const properties = runProperties(each.marks, direction, each.link !== undefined)
      return withLink(each.link, writeRun(each.text, properties), parts)
    }
  }
}

/** A run of letters; lines of code are in one, too. */
export function writeRun(text: string, properties: string): string {
  const lines = text
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${escapeText(line)}</w:t>`)
  return `<w:r>${properties}${lines.join('<w:br/>')}</w:r>`
}

function runProperties(
  marks: readonly Mark[],
  direction: Direction | undefined,
  isLink: boolean,
): string {
  const style = marks.includes('code') ? 'SourceCodeChar' : isLink ? 'Hyperlink' : undefined
  const raised = marks.includes('sup')
    ? '<w:vertAlign w:val="superscript"/>'
    : marks.includes('sub')
      ? '<w:vertAlign w:val="subscript"/>'
      : ''
  const properties = [
    style === undefined ? '' : `<w:rStyle w:val="${style}"/>`,
    ...PROPERTIES.filter(([mark]) => marks.includes(mark)).map(([, written]) => written),
    raised,
    direction === 'rtl' ? '<w:rtl/>' : '',
  ].join('')
  return properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`
}

function withLink(link: string | undefined, runs: string, parts: LineParts): string {
  if (link === undefined) return runs
  if (link.startsWith('#')) {
    return `<w:hyperlink w:anchor="${parts.place(link.slice(1)).name}">${runs}</w:hyperlink>`
  }
  // Nothing is beside the document that a link without a host could lead to.
  if (!URL.canParse(link)) return runs
  return `<w:hyperlink r:id="${parts.link(new URL(link).href)}">${runs}</w:hyperlink>`
}

/** A picture that is within the text; of others there are the words. */
function writePicture(
  { src, alt, width, height }: Picture,
  direction: Direction | undefined,
  parts: LineParts,
): string {
  const picture = pictureBytes(src)
  const extension = picture && EXTENSIONS.get(picture.mediaType)
  const size = picture && pictureSize(picture.bytes)
  if (picture === undefined || extension === undefined || size === undefined) {
    return alt === '' ? '' : writeRun(alt, runProperties([], direction, false))
  }
  const ratio = size.height / size.width
  const asked = width ?? (height === undefined ? size.width : height / ratio)
  const shown = Math.min(asked, MOST_WIDTH, MOST_HEIGHT / ratio)
  const wide = Math.max(1, Math.round(shown * UNITS_PER_PIXEL))
  const high = Math.max(1, Math.round(shown * ratio * UNITS_PER_PIXEL))
  const number = parts.nextDrawing()
  const named = `id="${number}" name="Picture ${number}" descr="${escapeText(alt)}"`
  const extent = `cx="${wide}" cy="${high}"`
  return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ${extent}/><wp:docPr ${named}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr ${named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${parts.picture(picture.bytes, extension)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}
