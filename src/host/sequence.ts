import { HttpError } from '../contract/errors.ts'
import type { Sequence } from './action.ts'
import type { Activation, Outcome } from './activation.ts'

/**
 * Runs the components of a sequence one after the other, each with the result of the one before as its parameters. The
 * first that fails is the last, and the sequence fails as it did.
 *
 * @param run - runs one component to its end; undefined when there is no such action
 * @returns what came of it, and the ids of the activations, which are the log of a sequence
 */
export async function runSequence(
  sequence: Sequence,
  params: Record<string, unknown>,
  run: (component: string, params: Record<string, unknown>) => Promise<Activation | undefined>,
): Promise<{ outcome: Outcome; logs: string[] }> {
  const logs: string[] = []
  let outcome: Outcome = { status: 'success', result: params }
  for (const component of sequence.components) {
    const activation = await run(component, outcome.result)
    if (activation === undefined) {
      const error = `The sequence has a component that does not exist: ${component}.`
      return { outcome: { status: 'application error', result: { error } }, logs }
    }
    logs.push(activation.activationId)
    outcome = activation.response
    if (outcome.status !== 'success') break
  }
  return { outcome, logs }
}

/** OpenWhisk's limit (application.conf, sequence-max-length). */
const MOST_COMPONENTS = 50

/**
 * Checks what a sequence would run, those of its components that are sequences included.
 *
 * @param path - its full name
 * @param componentsOf - the components of a sequence; undefined for what is none
 * @throws {HttpError} 400 when it is empty, too long or would run itself
 */
export function checkSequence(
  path: string,
  components: readonly string[],
  componentsOf: (path: string) => readonly string[] | undefined,
): void {
  if (components.length === 0) {
    throw new HttpError(400, 'exec.components is empty; a sequence must have at least one action.')
  }
  let count = 0
  const visit = (component: string): void => {
    count += 1
    if (count > MOST_COMPONENTS) {
      throw new HttpError(400, `A sequence must not run more than ${MOST_COMPONENTS} actions.`)
    }
    if (component === path) throw new HttpError(400, 'A sequence must not be a part of itself.')
    componentsOf(component)?.forEach(visit)
  }
  components.forEach(visit)
}
