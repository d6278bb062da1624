import { writeDocx } from './docx/write-docx.ts'
import { writeEpub } from './epub/write-epub.ts'
import { linkPictures } from './link-pictures.ts'
import { writeMarkdown } from './markdown/write-markdown.ts'
import { type MarkupSource, readMarkup } from './read-markup.ts'
import { settleLinks } from './settle-links.ts'
import { writePage } from './write-html.ts'

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
  const read = await readMarkup(path, from)
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
