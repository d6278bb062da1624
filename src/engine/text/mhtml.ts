import { openMhtml } from '../../packages/mhtml.ts'
import type { Flow } from './flow.ts'
import { readHtmlText } from './html.ts'

/**
 * Writes the text of a page that is in one file with its pictures, see {@link openMhtml}.
 *
 * @param title - whether the title of the page belongs to its text
 * @throws {@link OperationError} when there is no page in it
 */
export async function readMhtml(bytes: Buffer, flow: Flow, title: boolean): Promise<void> {
  const page = await openMhtml(bytes)
  if ('text' in page) return flow.lines(page.text)
  return readHtmlText([page.html], flow, { language: 'HTML', title })
}
