import type { Sequence } from './action.ts'
import type { ActivationOutcome } from './activation-outcome.ts'

/** OpenWhisk's limit (application.conf, sequence-max-length). */
const MOST_COMPONENTS = 50

/** What is said of one that is longer, its sequences' components included. */
export const TOO_MANY_COMPONENTS = `A sequence must not run more than ${MOST_COMPONENTS} actions.`

/** Counts what a sequence runs, the components of its sequences included. */
export interface ComponentCount {
  /** Counts one more; false when that is more than a sequence may run. */
  add: () => boolean
}

/** What a component of a sequence is run for. */
export interface SequenceRun {
  /** The activation of the sequence. */
  cause: string
  /** Of the outermost sequence, since a component may have been made longer after what it is a part of. */
  count: ComponentCount
  /** Aborts when the sequence is cancelled. */
  signal: AbortSignal
}

/** Makes the {@link ComponentCount} of a sequence that is no part of another. */
export function createComponentCount(): ComponentCount {
  let count = 0
  return {
    add() {
      count += 1
      return count <= MOST_COMPONENTS
    },
  }
}

/**
 * Runs the components of a sequence one after the other, each with the result of the one before as its parameters. The
 * first that fails is the last, and the sequence fails as it did.
 *
 * @param count - of what it is a part of, or its own
 * @param run - runs one component to its end; undefined when there is no such action
 * @returns what came of it, and the ids of the activations, which are the log of a sequence
 */
export async function runSequence(
  sequence: Sequence,
  params: Record<string, unknown>,
  count: ComponentCount,
  run: (
    component: string,
    params: Record<string, unknown>,
  ) => Promise<{ activationId: string; outcome: ActivationOutcome } | undefined>,
): Promise<{ outcome: ActivationOutcome; logs: string[] }> {
  const logs: string[] = []
  let outcome: ActivationOutcome = { status: 'success', result: params }
  for (const component of sequence.components) {
    const ran = count.add() ? await run(component, outcome.result) : TOO_MANY_COMPONENTS
    if (typeof ran !== 'object') {
      const error = ran ?? `The sequence has a component that does not exist: ${component}.`
      return { outcome: { status: 'application error', result: { error } }, logs }
    }
    logs.push(ran.activationId)
    outcome = ran.outcome
    if (outcome.status !== 'success') break
  }
  return { outcome, logs }
}
