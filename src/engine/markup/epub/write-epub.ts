import { randomUUID } from 'node:crypto'
import { plainText, type RichText } from '../rich-text.ts'
import { pictureBytes } from '../safe-urls.ts'
import { escapeText, writeBlocks } from '../write-html.ts'
import { zipParts } from '../zip-parts.ts'
import { type Chapter, chaptersOf, contentsOf, type Entry, placesOf } from './chapters.ts'

/** The pictures that every reader of books shows (EPUB 3.3, 3.2). */
const CORE_TYPES = new Map([
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
])

/** What a language tag looks like (RFC 5646); books have to have one. */
const LANGUAGE_TAG = /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i

const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

const STYLE = `body { line-height: 1.4; margin: 5% }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; page-break-after: avoid }
img { max-width: 100% }
pre { white-space: pre-wrap }
blockquote { margin: 1em 0 1em 1.5em }
table { border-collapse: collapse }
td, th { border: 1px solid; padding: 0.2em 0.4em; vertical-align: top }
`

/** A file of the book beside its chapters. */
interface Item {
  readonly file: string
  readonly mediaType: string
  readonly content: string | Uint8Array
}

/** A book of EPUB 3 that nothing but the text is in: its pictures are in it, and what is elsewhere is named by its words. */
export async function writeEpub(text: RichText): Promise<Buffer> {
  const title = text.title || firstHeading(text) || 'Untitled'
  const language = LANGUAGE_TAG.test(text.language ?? '') ? text.language : 'und'
  const known = { ...text, title, language }
  const chapters = chaptersOf(known)
  const places = placesOf(chapters)
  const pictures = new Map<string, Item>()

  function addPicture(src: string): string | undefined {
    const found = pictures.get(src)
    if (found !== undefined) return found.file
    const picture = pictureBytes(src)
    const extension = picture && CORE_TYPES.get(picture.mediaType)
    if (picture === undefined || extension === undefined) return undefined
    const file = `picture-${pictures.size + 1}.${extension}`
    pictures.set(src, { file, mediaType: picture.mediaType, content: picture.bytes })
    return file
  }

  const pages = chapters.map((chapter): Item => {
    const body = writeBlocks(chapter.blocks, {
      link: (href) => linkOf(href, places),
      picture: addPicture,
    })
    return {
      file: chapter.file,
      mediaType: 'application/xhtml+xml',
      content: page({ ...known, title: chapter.title }, body),
    }
  })
  const items = [
    ...pages,
    ...pictures.values(),
    { file: 'style.css', mediaType: 'text/css', content: STYLE },
  ]
  const navigation = page(known, writeNavigation(title, contentsOf(chapters)))
  return zipParts(
    new Map<string, string | Uint8Array>([
      ['mimetype', 'application/epub+zip'],
      ['META-INF/container.xml', CONTAINER],
      ['EPUB/package.opf', writePackage(known, items, chapters)],
      ['EPUB/nav.xhtml', navigation],
      ...items.map(({ file, content }) => [`EPUB/${file}`, content] as const),
    ]),
    'mimetype',
  )
}

function firstHeading({ blocks }: RichText): string | undefined {
  const heading = blocks.find((block) => block.kind === 'heading')
  return heading === undefined ? undefined : plainText(heading.content)
}

/** Nothing is beside the book that a link without a host could lead to. */
function linkOf(href: string, places: ReadonlyMap<string, string>): string | undefined {
  if (href.startsWith('#')) {
    const file = places.get(href.slice(1))
    return file === undefined ? undefined : `${file}${href}`
  }
  if (!URL.canParse(href)) return undefined
  return new URL(href).href
}

function page({ title = '', language = '', direction }: RichText, body: string): string {
  const named = `xml:lang="${escapeText(language)}" lang="${escapeText(language)}"`
  const turned = direction === undefined ? '' : ` dir="${direction}"`
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" ${named}${turned}>
<head>
<title>${escapeText(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}
</body>
</html>
`
}

function writeNavigation(title: string, entries: readonly Entry[]): string {
  return `<nav epub:type="toc" role="doc-toc">\n<h1>${escapeText(title)}</h1>\n${writeEntries(entries)}\n</nav>`
}

function writeEntries(entries: readonly Entry[]): string {
  const items = entries.map(({ title, href, below }) => {
    const more = below.length === 0 ? '' : `\n${writeEntries(below)}\n`
    return `<li><a href="${escapeText(href)}">${escapeText(title)}</a>${more}</li>`
  })
  return `<ol>\n${items.join('\n')}\n</ol>`
}

function writePackage(
  { title = '', language = '', author, direction }: RichText,
  items: readonly Item[],
  chapters: readonly Chapter[],
): string {
  const creator =
    author === undefined || author === '' ? '' : `\n<dc:creator>${escapeText(author)}</dc:creator>`
  const manifest = items.map(
    ({ file, mediaType }, index) =>
      `<item id="item-${index + 1}" href="${file}" media-type="${mediaType}"/>`,
  )
  // Chapters are the first of the items.
  const spine = chapters.map((_, index) => `<itemref idref="item-${index + 1}"/>`)
  const turned = direction === 'rtl' ? ' page-progression-direction="rtl"' : ''
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:${randomUUID()}</dc:identifier>
<dc:title>${escapeText(title)}</dc:title>
<dc:language>${escapeText(language)}</dc:language>${creator}
<meta property="dcterms:modified">${new Date().toISOString().replace(/\.\d+/, '')}</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
${manifest.join('\n')}
</manifest>
<spine${turned}>
${spine.join('\n')}
</spine>
</package>
`
}
