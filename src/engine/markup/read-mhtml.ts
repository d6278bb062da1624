import { openMhtml } from '../../packages/mhtml.ts'
import { readHtml } from './read-html.ts'
import { readPlainText } from './read-plain-text.ts'
import type { RichText } from './rich-text.ts'

/**
 * Reads a mail, or a page that is in one file with its pictures, see {@link openMhtml}.
 *
 * @throws {@link OperationError} when there is nothing in it
 */
export async function readMhtml(bytes: Buffer): Promise<RichText> {
  const page = await openMhtml(bytes)
  const { subject: title, author } = page
  const text =
    'text' in page ? readPlainText(page.text) : await readHtml([page.html], { language: 'HTML' })
  return { ...text, title: text.title ?? title, author: text.author ?? author }
}
