import PostalMime from 'postal-mime'
import { corruptSource } from '../../base/operation-error.ts'
import type { Flow } from './flow.ts'
import { readHtmlText } from './html.ts'

/** What is in such a file: a page, or a text where there is none. */
export type MhtmlPage = { readonly html: string } | { readonly text: string }

/**
 * Reads the page that is in one file with its pictures, as browsers and Word save it (RFC 2557).
 *
 * @throws {@link OperationError} when there is no page in it
 */
export async function openMhtml(bytes: Buffer): Promise<MhtmlPage> {
  const { html, text } = await PostalMime.parse(bytes).catch((error: unknown) => {
    throw corruptSource('MHTML', { cause: error })
  })
  if (html !== undefined) return { html }
  if (text === undefined) throw corruptSource('MHTML')
  return { text }
}

/**
 * Writes the text of such a page, see {@link openMhtml}.
 *
 * @param title - whether the title of the page belongs to its text
 * @throws {@link OperationError} when there is no page in it
 */
export async function readMhtml(bytes: Buffer, flow: Flow, title: boolean): Promise<void> {
  const page = await openMhtml(bytes)
  if ('text' in page) return flow.lines(page.text)
  return readHtmlText([page.html], flow, { language: 'HTML', title })
}
