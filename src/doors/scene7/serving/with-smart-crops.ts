import { type SmartCrops, SmartCropsUnknown } from '../catalogue/smart-crops.ts'

/** The most pictures of one request whose smart crops have to be looked for. */
const MOST_LOOKED_AT = 100

/**
 * Answers, and once more whenever smart crops were needed that nobody had looked for: a request is read at one go, and most
 * need none.
 *
 * @param signal - gives up what is looked for
 */
export async function withSmartCrops<T>(
  crops: Pick<SmartCrops, 'look'>,
  signal: AbortSignal,
  answer: () => T | Promise<T>,
): Promise<T> {
  for (let looked = 0; ; looked += 1) {
    try {
      return await answer()
    } catch (error) {
      if (!(error instanceof SmartCropsUnknown) || looked === MOST_LOOKED_AT) throw error
      await crops.look(error.asset, signal)
    }
  }
}
