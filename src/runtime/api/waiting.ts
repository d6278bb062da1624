import type { Runnable } from '../run/action.ts'
import type { Activation } from '../run/activation.ts'
import type { Invocation } from '../run/invocation.ts'

/** Blocking calls and web calls are cut after a minute, while the action goes on. */
const LONGEST_BLOCKING_MS = 60_000

/**
 * Waits for the end of an activation; undefined when it takes longer than a call may wait. One that is debugged may take as long as it
 * wants.
 */
export async function waitFor(
  invocation: Invocation,
  runnable: Runnable,
): Promise<Activation | undefined> {
  if ('inspector' in runnable && runnable.inspector !== undefined) return invocation.ended
  const { promise: tooLong, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(resolve, LONGEST_BLOCKING_MS, undefined)
  const activation = await Promise.race([invocation.ended, tooLong])
  clearTimeout(timer)
  return activation
}
