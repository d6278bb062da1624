import PostalMime from 'postal-mime'
import { corruptSource } from '../../base/operation-error.ts'
import type { Flow } from './flow.ts'
import { readHtmlText } from './html.ts'

/**
 * Writes the text of a page that is in one file with its pictures, as browsers and Word save it (RFC 2557).
 *
 * @throws {@link OperationError} when there is no page in it
 */
export async function readMhtml(bytes: Buffer, flow: Flow): Promise<void> {
  const { html, text } = await PostalMime.parse(bytes).catch((error: unknown) => {
    throw corruptSource('MHTML', { cause: error })
  })
  if (html !== undefined) return readHtmlText([html], flow, { language: 'HTML', title: true })
  if (text === undefined) throw corruptSource('MHTML')
  flow.lines(text)
}
