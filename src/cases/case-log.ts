import type { EndedCase } from './ended-case.ts'

const RULE = '-'.repeat(80)
const END = '='.repeat(80)

/** What `test.log` says about a case: its instructions, what the worker printed, and how it ended. */
export function formatLog({ name, verdict, log, testCase }: EndedCase): string {
  const { state } = verdict
  const lines = [
    `${state}: ${name}`,
    ...(testCase === undefined ? [] : [`instructions: ${JSON.stringify(testCase.instructions)}`]),
    RULE,
    ...log,
    RULE,
    ...('message' in verdict ? [verdict.message] : []),
    ...('differences' in verdict ? verdict.differences : []),
    ...('output' in verdict && verdict.output !== '' ? [verdict.output] : []),
    END,
  ]
  return `${lines.join('\n')}\n\n`
}
