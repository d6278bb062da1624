import { openMhtml } from '../../packages/mhtml.ts'
import { readHtml } from './read-html.ts'
import { readPlainText } from './read-plain-text.ts'
import type { RichText } from './rich-text.ts'

/**
 * Reads a page that is in one file with its pictures, see {@link openMhtml}; a text where there is no page in it.
 *
 * @throws {@link OperationError} when there is neither
 */
export async function readMhtml(bytes: Buffer): Promise<RichText> {
  const page = await openMhtml(bytes)
  return 'text' in page ? readPlainText(page.text) : readHtml([page.html], { language: 'HTML' })
}
