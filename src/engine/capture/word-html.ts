import mammoth from 'mammoth'
import { corruptSource } from '../../base/operation-error.ts'
import { paper } from './paper.ts'

/**
 * The page that a DOCX file is: its text, its tables and its pictures, by what they are and not as they look.
 *
 * @throws {@link OperationError} when it is damaged
 */
export async function wordToHtml(path: string): Promise<string> {
  try {
    const { value } = await mammoth.convertToHtml({ path })
    return paper(value)
  } catch (error) {
    throw corruptSource('DOCX', { cause: error })
  }
}
