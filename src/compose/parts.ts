import type { Part } from '../base/part.ts'

/** The parts of a service, in the order in which they were opened. */
export interface Parts {
  /** Adds a part that was just opened; returns it. */
  add: <P extends Part>(part: P) => P
  start: () => Promise<void>
  /**
   * Pauses, finishes and closes all of them; those that fail keep none of the others from it.
   *
   * @throws the first that was thrown, in the end
   */
  stop: (graceMs: number) => Promise<void>
  /** Closes what was opened so far, of a service that could not start; what is thrown then is of no interest. */
  unwind: () => Promise<void>
}

/** Makes the list of parts. */
export function createParts(): Parts {
  const parts: Part[] = []

  return {
    add(part) {
      parts.push(part)
      return part
    },
    async start() {
      for (const part of parts) await part.start?.()
    },
    async stop(graceMs) {
      const newestFirst = parts.toReversed()
      const thrown = [
        ...(await each(newestFirst, (part) => part.pause?.())),
        ...(await each(parts, (part) => part.finish?.(graceMs))),
        ...(await each(newestFirst, (part) => part.close?.())),
      ]
      if (thrown.length > 0) throw thrown[0]
    },
    async unwind() {
      await each(parts.toReversed(), (part) => part.close?.())
    },
  }
}

/** Does a step of each part, one after the other. */
async function each(
  order: readonly Part[],
  step: (part: Part) => void | Promise<void>,
): Promise<unknown[]> {
  const thrown: unknown[] = []
  for (const part of order) {
    try {
      await step(part)
    } catch (error) {
      thrown.push(error)
    }
  }
  return thrown
}
