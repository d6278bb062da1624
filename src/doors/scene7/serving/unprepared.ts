import { RequestError } from '../../../image-serving/request-error.ts'

/**
 * Something is needed for an answer that nobody has made yet and that takes a while: a request is read at one go, and most need
 * nothing of the kind. Whoever catches it prepares that, and answers once more.
 */
export class Unprepared extends Error {
  override readonly name: string = 'Unprepared'
  /** Makes what is needed; throws the signal's reason when it aborts. */
  readonly prepare: (signal: AbortSignal) => Promise<void>

  constructor(what: string, prepare: (signal: AbortSignal) => Promise<void>) {
    super(`nobody has made ${what} yet`)
    this.prepare = prepare
  }
}

/** Something has to be read first, which takes no while: it is not in memory yet, or not any more. */
export class Unread extends Unprepared {
  override readonly name = 'Unread'
}

/** The most that is prepared for one answer, and the most that is read. */
const MOST_PREPARED = 100
const MOST_READ = 2000

/**
 * Answers, and once more whenever something had to be prepared.
 *
 * @param signal - gives up what is prepared
 */
export async function withPrepared<T>(
  signal: AbortSignal,
  answer: () => T | Promise<T>,
): Promise<T> {
  let prepared = 0
  let read = 0
  for (;;) {
    try {
      return await answer()
    } catch (error) {
      if (!(error instanceof Unprepared)) throw error
      if (error instanceof Unread) read += 1
      else prepared += 1
      if (read > MOST_READ) {
        throw new RequestError(`An answer is made of at most ${MOST_READ} assets.`)
      }
      if (prepared > MOST_PREPARED) {
        throw new RequestError(
          `Smart crops or posters of more than ${MOST_PREPARED} assets would have to be made first; those of ${MOST_PREPARED} are there the next time.`,
        )
      }
      await error.prepare(signal)
    }
  }
}
