import { createHash } from 'node:crypto'
import type { RichText } from '../rich-text.ts'
import { zipParts } from '../zip-parts.ts'
import {
  CONTENT_TYPES,
  PACKAGE_LINKS,
  type PartLink,
  SETTINGS,
  writeCore,
  writeDocument,
  writeLinks,
} from './fixed-parts.ts'
import { createNumbering } from './numbering.ts'
import { writeStyles } from './styles.ts'
import { writeBody } from './write-blocks.ts'

/** What Word takes as the name of a place. */
const PLAIN_NAME = /^[a-z]\w{0,39}$/i

/**
 * A Word document: headings, lists, tables and quotes by the styles of those names, with its pictures within. Links to what is beside the
 * source are left out, and pictures elsewhere are named by their words.
 */
export async function writeDocx(text: RichText): Promise<Buffer> {
  const numbering = createNumbering()
  const links: PartLink[] = [
    { id: 'styles', type: 'styles', target: 'styles.xml' },
    { id: 'numbering', type: 'numbering', target: 'numbering.xml' },
    { id: 'settings', type: 'settings', target: 'settings.xml' },
  ]
  const numbers = new Map<string, string>()
  const pictures = new Map<string, Buffer>()
  const places = new Map<string, { name: string; number: number }>()
  let drawings = 0

  /** Every target has one link, however often it is linked to. */
  function linkTo(type: 'image' | 'hyperlink', target: string): string {
    const key = `${type} ${target}`
    const id = numbers.get(key) ?? `rId${numbers.size + 1}`
    if (!numbers.has(key)) links.push({ id, type, target })
    numbers.set(key, id)
    return id
  }

  const body = writeBody(text.blocks, {
    numbering,
    link: (href) => linkTo('hyperlink', href),
    picture(bytes, extension) {
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
      const target = `media/${hash}.${extension}`
      pictures.set(`word/${target}`, bytes)
      return linkTo('image', target)
    },
    place(id) {
      const number = places.size
      const name = PLAIN_NAME.test(id) ? id : `place_${number}`
      const place = places.get(id) ?? { name, number }
      places.set(id, place)
      return place
    },
    nextDrawing() {
      drawings += 1
      return drawings
    },
  })
  return zipParts(
    new Map<string, string | Uint8Array>([
      ['[Content_Types].xml', CONTENT_TYPES],
      ['_rels/.rels', PACKAGE_LINKS],
      ['docProps/core.xml', writeCore(text)],
      ['word/document.xml', writeDocument(body)],
      ['word/_rels/document.xml.rels', writeLinks(links)],
      ['word/styles.xml', writeStyles(text.language)],
      ['word/numbering.xml', numbering.write()],
      ['word/settings.xml', SETTINGS],
      ...pictures,
    ]),
  )
}
