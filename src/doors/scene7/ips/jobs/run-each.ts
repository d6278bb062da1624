import type { Queue } from '../../../../tasks/queue.ts'

/**
 * Works on items beside each other. No more of them than `atOnce` wait in the queue, so that whoever shares it gets the same part of
 * it, however many items they have. The first failure ends all.
 *
 * @throws that failure, or the reason of the signal
 */
export async function runEach<Item>(
  items: readonly Item[],
  options: { readonly queue: Queue; readonly atOnce: number; readonly signal: AbortSignal },
  work: (item: Item, index: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController()
  const signal = AbortSignal.any([options.signal, failure.signal])
  const waiting = items.entries()
  const lanes = Array.from({ length: options.atOnce }, async () => {
    for (const [index, item] of waiting) {
      if (signal.aborted) return
      // What comes after the first failure is only its consequence.
      await options.queue
        .run(0, () => work(item, index, signal), signal)
        .catch((error: unknown) => failure.abort(error))
    }
  })
  await Promise.all(lanes)
  signal.throwIfAborted()
}
