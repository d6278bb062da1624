/** Whatever is asked for while something is on its way takes its place. */
export interface Latest<Input> {
  /** Asks once nothing else was asked for a moment; what was asked before is given up. */
  readonly ask: (input: Input) => void
  /** Gives up what is on its way. */
  readonly stop: () => void
}

/** Calls back a moment later, unless what it returns is called before. */
export type Later = (then: () => void) => () => void

/** Waits for so many milliseconds. */
export function laterBy(milliseconds: number): Later {
  return (then) => {
    const timer = setTimeout(then, milliseconds)
    return () => clearTimeout(timer)
  }
}

/**
 * Has only the last of several questions answered.
 *
 * @param options.run - answers; its signal is aborted when the answer is not wanted any more
 * @param options.done - is told the answer to the last one, and of no other
 */
export function createLatest<Input, Output>({
  run,
  done,
  later,
}: {
  readonly run: (input: Input, signal: AbortSignal) => Promise<Output>
  readonly done: (output: Output) => void
  readonly later: Later
}): Latest<Input> {
  let stop: (() => void) | undefined
  return {
    ask(input) {
      stop?.()
      const controller = new AbortController()
      const cancel = later(() => {
        void answer(input, controller.signal)
      })
      stop = () => {
        cancel()
        controller.abort()
      }
    },
    stop: () => stop?.(),
  }

  async function answer(input: Input, signal: AbortSignal): Promise<void> {
    try {
      const output = await run(input, signal)
      if (!signal.aborted) done(output)
    } catch (error) {
      // Nobody wants to hear why that failed which was given up.
      if (!signal.aborted) throw error
    }
  }
}
