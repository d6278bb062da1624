import { openMhtml } from '../../packages/mhtml.ts'
import type { Flow } from './flow.ts'
import { readHtmlText } from './html.ts'

/** A page that says itself what it is called. */
const TITLED = /<title[\s>]/i

/**
 * Writes the text of a mail, or of a page that is in one file with its pictures, see {@link openMhtml}.
 *
 * @param title - whether the title of the page, or what the mail is about, belongs to its text
 * @throws {@link OperationError} when there is nothing in it
 */
export async function readMhtml(bytes: Buffer, flow: Flow, title: boolean): Promise<void> {
  const page = await openMhtml(bytes)
  const isTitled = 'html' in page && TITLED.test(page.html)
  if (title && !isTitled && page.subject !== undefined) flow.lines(page.subject)
  if ('text' in page) return flow.lines(page.text)
  return readHtmlText([page.html], flow, { language: 'HTML', title })
}
