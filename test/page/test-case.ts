import type { CaseResult, TestCase } from '../../src/doors/page/api.ts'

/**
 * A test case of the page.
 *
 * @param key - action and name, such as `worker/width-only`
 * @param state - how its last run ended; undefined when it was not run
 */
export function testCase(key: string, state?: CaseResult['state']): TestCase {
  const [action = '', name = ''] = key.split('/')
  return {
    action,
    name,
    instructions: {},
    sourceShownAs: 'picture',
    expectedShownAs: 'picture',
    ...(state !== undefined && { result: resultOf(state) }),
  }
}

/** The result of a run that has nothing to say but its end. */
export function resultOf(state: CaseResult['state']): CaseResult {
  return {
    state,
    message: '',
    differences: [],
    output: '',
    log: [],
    hasActual: false,
    run: 1,
  }
}
