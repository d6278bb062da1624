import type { CaseOutcome } from './case-runner.ts'
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
    return problem('failed', `Expected error '${errorReason}' but none occurred`)
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
  { errorReason: found = 'no reason', errorMessage = '' }: CaseOutcome & { state: 'failed' },
  rendition: string | undefined,
  expected: string | undefined,
): Verdict {
  if (found === expected) return { state: 'expected-error', output: '' }
  const because = errorMessage === '' ? '' : `: ${errorMessage}`
  if (expected !== undefined) {
    return problem('failed', `Expected error '${expected}' but got '${found}'${because}`)
  }
  const told = `${found}${because}`
  return rendition === undefined
    ? problem(
        'error',
        `No rendition generated and no expected 'errorReason' in params.json: ${told}`,
      )
    : problem('failed', `No rendition generated: ${told}`)
}

function problem(state: 'failed' | 'error', text: string): Verdict {
  return { state, message: toMessage(text), differences: [], output: '' }
}

/** A text as one line that others may go on with. */
export function toMessage(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replace(/\.$/, '')
}
