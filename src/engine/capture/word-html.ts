import { readFileSync } from 'node:fs'
import { readDocx } from '../markup/read-docx.ts'
import { settleLinks } from '../markup/settle-links.ts'
import { writeBlocks } from '../markup/write-html.ts'
import { paper } from './paper.ts'

/**
 * The page that a DOCX file is: its text, its tables and its pictures, by what they are and not as they look.
 *
 * @throws {@link OperationError} when it is damaged
 */
export async function wordToHtml(path: string): Promise<string> {
  const { blocks } = await readDocx(readFileSync(path))
  return paper(writeBlocks(settleLinks(blocks), {}))
}
