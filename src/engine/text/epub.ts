import { posix } from 'node:path'
import { corruptSource } from '../../base/operation-error.ts'
import { encryptedDocument } from '../../packages/document-errors.ts'
import { addTo } from '../../packages/limited-list.ts'
import { readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'
import { decodeXml } from '../../sources/charset.ts'
import type { Flow } from './flow.ts'
import { readHtmlText } from './html.ts'
import { readSvgText } from './xml.ts'

/** The ways to scramble fonts (EPUB 3.3, 4.4 and Adobe's). Text is as it is beside them. */
const FONT_SCRAMBLING: ReadonlySet<string> = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
])

/** Where the package document is named (EPUB Open Container Format). */
export const EPUB_CONTAINER = 'META-INF/container.xml'

/**
 * Writes the text of a book: its chapters in the order they are read.
 *
 * @throws {@link OperationError} when its text is encrypted
 */
export async function readEpub(parts: Package, flow: Flow): Promise<void> {
  for (const { name, type } of await readChapters(parts)) {
    flow.section()
    const chunks = decodeXml(parts.read(name))
    if (type === 'image/svg+xml') await readSvgText(chunks, flow)
    else if (/html|xml/.test(type))
      await readHtmlText(chunks, flow, { language: 'XHTML', title: false })
  }
}

/**
 * The chapters of a book, in the order they are read.
 *
 * @throws {@link OperationError} when its text is encrypted, or it is damaged
 */
export async function readChapters(parts: Package): Promise<readonly Chapter[]> {
  return (await readBook(parts)).chapters
}

/**
 * The chapters of a book, and what is known about it.
 *
 * @throws {@link OperationError} when its text is encrypted, or it is damaged
 */
export async function readBook(parts: Package): Promise<Book> {
  if (await isEncrypted(parts)) throw encryptedDocument('EPUB', undefined)
  return readDocument(parts, await findDocument(parts))
}

async function isEncrypted(parts: Package): Promise<boolean> {
  let encrypted = false
  if (!parts.has('META-INF/encryption.xml')) return false
  await parts.parse('META-INF/encryption.xml', {
    open(name, attributes) {
      if (name !== 'EncryptionMethod') return
      encrypted ||= !FONT_SCRAMBLING.has(readAttribute(attributes, 'Algorithm') ?? '')
    },
  })
  return encrypted
}

async function findDocument(parts: Package): Promise<string> {
  let document: string | undefined
  await parts.parse(EPUB_CONTAINER, {
    open(name, attributes) {
      if (name === 'rootfile') document ??= readAttribute(attributes, 'full-path')
    },
  })
  if (document === undefined) throw corruptSource('EPUB')
  return document
}

/** A book by its package document. */
export interface Book {
  /** In the order they are read. */
  readonly chapters: readonly Chapter[]
  readonly title: string | undefined
  readonly author: string | undefined
  readonly language: string | undefined
}

/** A part of a book. */
export interface Chapter {
  /** Its part of the package. */
  readonly name: string
  /** Its media type. */
  readonly type: string
}

async function readDocument(parts: Package, document: string): Promise<Book> {
  const items: [id: string, chapter: Chapter][] = []
  const order: string[] = []
  const texts: Record<'title' | 'creator' | 'language', string[]> = {
    title: [],
    creator: [],
    language: [],
  }
  let told: string[] | undefined
  await parts.parse(document, {
    open(name, attributes) {
      told = name === 'title' || name === 'creator' || name === 'language' ? texts[name] : undefined
      if (told !== undefined) addTo(told, '')
      if (name === 'itemref') addTo(order, readAttribute(attributes, 'idref') ?? '')
      if (name !== 'item') return
      const chapter = {
        name: resolve(document, readAttribute(attributes, 'href') ?? ''),
        type: readAttribute(attributes, 'media-type') ?? '',
      }
      addTo(items, [readAttribute(attributes, 'id') ?? '', chapter])
    },
    close() {
      told = undefined
    },
    text(text) {
      if (told !== undefined) told[told.length - 1] += text
    },
  })
  const byId = new Map(items)
  return {
    chapters: order.map((id) => byId.get(id)).filter((chapter) => chapter !== undefined),
    title: clean(texts.title)[0],
    author: clean(texts.creator).join(', ') || undefined,
    language: clean(texts.language)[0],
  }
}

/** Texts without white space around them, and without those that are nothing else. */
function clean(texts: readonly string[]): string[] {
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')
}

function resolve(document: string, reference: string): string {
  const path = posix.join(posix.dirname(document), reference.replace(/#.*/, ''))
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
