import { RequestError } from '../../../image-serving/request-error.ts'

/**
 * Something is needed for an answer that nobody has made yet and that takes a while: a request is read at one go, and most need
 * nothing of the kind. Whoever catches it prepares that, and answers once more.
 */
export class Unprepared extends Error {
  override readonly name = 'Unprepared'
  /** Makes what is needed; throws the signal's reason when it aborts. */
  readonly prepare: (signal: AbortSignal) => Promise<void>

  constructor(what: string, prepare: (signal: AbortSignal) => Promise<void>) {
    super(`nobody has made ${what} yet`)
    this.prepare = prepare
  }
}

/** The most that is prepared for one answer. */
const MOST_PREPARED = 100

/**
 * Answers, and once more whenever something had to be prepared.
 *
 * @param signal - gives up what is prepared
 */
export async function withPrepared<T>(
  signal: AbortSignal,
  answer: () => T | Promise<T>,
): Promise<T> {
  for (let prepared = 0; ; prepared += 1) {
    try {
      return await answer()
    } catch (error) {
      if (!(error instanceof Unprepared)) throw error
      if (prepared === MOST_PREPARED) {
        throw new RequestError(
          `Smart crops or posters of more than ${MOST_PREPARED} assets would have to be made first; those of ${MOST_PREPARED} are there the next time.`,
        )
      }
      await error.prepare(signal)
    }
  }
}
