import type { Activation } from '../run/activation.ts'
import type { Invocation } from '../run/invocation.ts'

/** Blocking calls and web calls are cut after a minute, while the action goes on. */
const LONGEST_BLOCKING_MS = 60_000

/** Waits for the end of an activation; undefined when it takes longer than a call may wait. */
export async function waitFor(invocation: Invocation): Promise<Activation | undefined> {
  const { promise: tooLong, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, LONGEST_BLOCKING_MS, undefined)
  const activation = await Promise.race([invocation.ended, tooLong])
  clearTimeout(timer)
  return activation
}
