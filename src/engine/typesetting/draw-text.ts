import { OperationError } from '../../base/operation-error.ts'
import { createThread } from '../../tasks/thread.ts'
import { fontFolders } from './fonts/font-folders.ts'
import type { DrawnText, TextBox } from './set-text.ts'
import type { TextContent } from './text-content.ts'
import type { work } from './text-thread.ts'

/** A text of 100,000 letters takes some seconds on two cores of a cloud machine. */
const LONGEST_TASK_MS = 60_000

/** As much memory as the thread may keep for the next text, in bytes: open fonts, of which some have tens of megabytes. */
const MOST_HELD_BYTES = 300_000_000

const { run } = createThread<typeof work>({
  module: new URL('./text-thread.ts', import.meta.url),
  longestMs: LONGEST_TASK_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/** What a text is drawn with. */
export interface TextTools {
  readonly signal: AbortSignal
  /** Where there are fonts besides those that are shipped: those of the machine, unless told. */
  readonly folders?: readonly string[] | undefined
}

/**
 * Draws a text on nothing, in a thread: shaping and drawing take long for long texts, and fonts are files of strangers.
 *
 * @param box - a width that lines are broken to, and a height that cuts off what is below it, unless the text is fitted; a
 *   length of 0, or no box, is as long as the text
 * @throws {@link OperationError} for letters or fonts that there are not, more pixels than are drawn, or more time
 */
export async function drawText(
  text: TextContent,
  box: TextBox | undefined,
  { signal, folders = fontFolders() }: TextTools,
): Promise<DrawnText> {
  const task = { text, box: box ?? { width: 0, height: 0 }, folders }
  const result = await run(task, signal)
  if (result?.outcome === 'drawn') return result
  if (result === undefined) throw new OperationError('text_too_slow', {})
  throw new OperationError(result.failure.code, result.failure.fields)
}
