import { readFileSync } from 'node:fs'
import { withPackage } from '../../packages/package.ts'
import { decodeTextFile } from '../text/text-source.ts'
import { writeDocx } from './docx/write-docx.ts'
import { writeEpub } from './epub/write-epub.ts'
import { linkPictures } from './link-pictures.ts'
import { writeMarkdown } from './markdown/write-markdown.ts'
import { readDocx } from './read-docx.ts'
import { readEpub } from './read-epub.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readPlainText } from './read-plain-text.ts'
import type { RichText } from './rich-text.ts'
import { settleLinks } from './settle-links.ts'
import { writePage } from './write-html.ts'

/** Texts that are read. */
export type MarkupSource = 'markdown' | 'html' | 'xhtml' | 'text' | 'docx' | 'epub'

/** Texts that are written. */
export type MarkupFormat = 'md' | 'html' | 'docx' | 'epub'

/**
 * Converts a text: what it says, by way of one shape for all of them. Scripts, forms and styles are left out, pictures of the source are
 * within what is made, and nothing is fetched.
 *
 * @throws {@link OperationError} when it is damaged or encrypted
 */
export async function convertMarkup(
  path: string,
  from: MarkupSource,
  to: MarkupFormat,
): Promise<string | Buffer> {
  const read = await readRichText(path, from)
  const text = { ...read, blocks: settleLinks(read.blocks) }
  switch (to) {
    case 'html':
      return writePage(text)
    case 'md':
      return writeMarkdown(text)
    case 'docx':
      return writeDocx({ ...text, blocks: linkPictures(text.blocks) })
    case 'epub':
    default:
      return writeEpub({ ...text, blocks: linkPictures(text.blocks) })
  }
}

async function readRichText(path: string, from: MarkupSource): Promise<RichText> {
  switch (from) {
    case 'markdown':
      return readMarkdown(decodeTextFile(path, 'plain'))
    case 'text':
      return readPlainText(decodeTextFile(path, 'plain'))
    case 'html':
      return readHtml([decodeTextFile(path, 'HTML')], { language: 'HTML' })
    case 'xhtml':
      return readHtml([decodeTextFile(path, 'XHTML')], { language: 'XHTML' })
    case 'docx':
      return readDocx(readFileSync(path))
    case 'epub':
    default:
      return withPackage(path, readEpub)
  }
}
