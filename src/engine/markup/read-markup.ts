import { readFileSync } from 'node:fs'
import { withPackage } from '../../packages/package.ts'
import { decodeTextFile } from '../text/text-source.ts'
import { readDocx } from './read-docx.ts'
import { readEpub } from './read-epub.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readPlainText } from './read-plain-text.ts'
import type { RichText } from './rich-text.ts'

/** Texts that are read. */
export type MarkupSource = 'markdown' | 'html' | 'xhtml' | 'text' | 'docx' | 'epub'

/**
 * Reads a text of a format that has markup.
 *
 * @param declared - the encodings that are told of it
 * @throws {@link OperationError} when it is damaged or encrypted
 */
export async function readMarkup(
  path: string,
  from: MarkupSource,
  declared: readonly string[] = [],
): Promise<RichText> {
  switch (from) {
    case 'markdown':
      return readMarkdown(decodeTextFile(path, 'plain', declared))
    case 'text':
      return readPlainText(decodeTextFile(path, 'plain', declared))
    case 'html':
      return readHtml([decodeTextFile(path, 'HTML', declared)], { language: 'HTML' })
    case 'xhtml':
      return readHtml([decodeTextFile(path, 'XHTML', declared)], { language: 'XHTML' })
    case 'docx':
      return readDocx(readFileSync(path))
    case 'epub':
    default:
      return withPackage(path, readEpub)
  }
}
