import { type Failure, OperationError } from '../../base/operation-error.ts'
import { serveThread } from '../../tasks/serve-thread.ts'
import { createFontBook, type FontBook } from './fonts/font-book.ts'
import { type DrawnText, setText, type TextBox } from './set-text.ts'
import type { TextContent } from './text-content.ts'

/** A text to be drawn. */
export interface TextTask {
  readonly text: TextContent
  readonly box: TextBox
  /** Where there are fonts besides those that are shipped. */
  readonly folders: readonly string[]
}

/** A drawn text, or why there is none. */
export type TextOutcome =
  | ({ readonly outcome: 'drawn' } & DrawnText)
  | { readonly outcome: 'refused'; readonly failure: Failure }

const books = new Map<string, FontBook>()

function bookOf(folders: readonly string[]): FontBook {
  const key = folders.join('\n')
  const book = books.get(key) ?? createFontBook(folders)
  books.set(key, book)
  return book
}

/** Draws a text in the thread of texts. */
export function work({ text, box, folders }: TextTask): TextOutcome {
  try {
    return { outcome: 'drawn', ...setText(text, box, bookOf(folders)) }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    return { outcome: 'refused', failure: { code: error.code, fields: error.fields } }
  }
}

serveThread({
  work,
  transferred: (result) => (result.outcome === 'drawn' ? [result.pixels.buffer] : []),
})
