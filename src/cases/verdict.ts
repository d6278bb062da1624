import type { WorkerFault } from './case-activations.ts'
import type { CaseOutcome } from './case-runner.ts'
import { isExpectedFailure, tellMeantReason } from './expected-reason.ts'
import type { MockCalls } from './mocks/mock-server.ts'
import type { ReadyCase } from './test-case.ts'
import { validateRendition } from './validate-script.ts'

/** How a case ended. */
export type Verdict =
  | { state: 'passed' | 'expected-error'; output: string }
  | {
      /** A failure is a rendition or a reason that is not the expected one; anything else is an error. */
      state: 'failed' | 'error'
      /** One line. */
      message: string
      /** One sentence a difference between the renditions. */
      differences: readonly string[]
      /** What `validate` said. */
      output: string
    }

/** Tells whether the outcome of a case is what the case wants. The sentences are those of `aio asset-compute test-worker`. */
export async function judge(each: ReadyCase, outcome: CaseOutcome): Promise<Verdict> {
  const { rendition, errorReason, validate } = each
  if (outcome.state === 'refused') return problem('error', outcome.message)
  if (outcome.state === 'failed') return judgeFailure(outcome, rendition, errorReason)
  if (errorReason !== undefined) {
    const meant = tellMeantReason(errorReason)
    return problem('failed', `Expected error '${errorReason}' but none occurred${meant}`)
  }
  if (rendition === undefined) {
    return problem(
      'error',
      `Missing expected rendition and no expected 'errorReason' in params.json`,
    )
  }
  const validation = await validateRendition(validate, rendition, outcome.file)
  const { output, differences } = validation
  if (validation.problem === undefined) return { state: 'passed', output }
  return { state: 'failed', message: validation.problem, differences, output }
}

function judgeFailure(
  outcome: CaseOutcome & { state: 'failed' },
  rendition: string | undefined,
  expected: string | undefined,
): Verdict {
  const { errorReason: found = 'no reason', errorMessage = '' } = outcome
  const because = errorMessage === '' ? '' : `: ${errorMessage}`
  if (expected !== undefined) {
    if (isExpectedFailure(expected, outcome)) return { state: 'expected-error', output: '' }
    const told = `Expected error '${expected}' but got '${found}'`
    return problem('failed', toMessage(`${told}${because}`) + tellMeantReason(expected))
  }
  const told = `${found}${because}`
  return rendition === undefined
    ? problem(
        'error',
        `No rendition generated and no expected 'errorReason' in params.json: ${told}`,
      )
    : problem('failed', `No rendition generated: ${told}`)
}

/**
 * A verdict for the right reason. An action that cannot be loaded is an error, whatever the case expects; and what it expects of
 * a host somebody has to have asked for.
 */
export function refuseFalseGreen(
  verdict: Verdict,
  { fault, calls, uncalled }: { fault: WorkerFault | undefined } & MockCalls,
): Verdict {
  // The lines after the first one say through which modules a missing one was looked for.
  if (fault?.kind === 'unloaded') return problem('error', fault.message.replace(/\n.*/s, ''))
  // What was refused has asked nobody, and says why itself.
  if (uncalled.length === 0 || verdict.state === 'error') return verdict
  const sentence = `Nobody called ${uncalled.join(', ')}`
  if (fault?.kind === 'died') return problem('error', `${sentence}: ${fault.message}`)
  if (verdict.state === 'failed') {
    return { ...verdict, differences: [...verdict.differences, sentence, ...calls] }
  }
  const hint = 'what need not be called has "optional": true'
  return {
    ...problem('failed', `${sentence}; ${hint}`),
    differences: calls,
    output: verdict.output,
  }
}

function problem(state: 'failed' | 'error', text: string): Verdict & { state: 'failed' | 'error' } {
  return { state, message: toMessage(text), differences: [], output: '' }
}

/** A text as one line that others may go on with. */
export function toMessage(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replace(/\.$/, '')
}
