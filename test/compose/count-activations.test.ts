import assert from 'node:assert/strict'
import { createActivationCount } from '../../src/compose/count-activations.ts'
import { developerError } from '../../src/runtime/run/activation-outcome.ts'
import { recordActivation } from '../../src/runtime/run/activation.ts'

const ACTION = {
  name: 'package/worker',
  version: '1',
  kind: 'sequence' as const,
  web: 'no' as const,
  requiresAdobeAuth: false,
  requiresWhiskAuth: false,
  customOptions: false,
  inputs: {},
  final: false,
  components: [],
  limits: { timeout: 1, memorySize: 1, concurrency: 1 },
}
const SUCCESS = { status: 'success', result: {} } as const

describe('an activation that has ended is counted', () => {
  const cases: [
    what: string,
    name: string,
    outcome: Parameters<typeof recordActivation>[0]['outcome'],
    expected: object,
  ][] = [
    ['by the name of its action', ACTION.name, SUCCESS, { action: ACTION.name, result: 'success' }],
    [
      'by how it failed',
      ACTION.name,
      developerError('It broke.'),
      { action: ACTION.name, result: 'action_developer_error' },
    ],
    [
      'as another when it was deployed',
      'my/secret',
      SUCCESS,
      { action: 'other', result: 'success' },
    ],
    [
      'as another when it is in no package',
      'worker',
      SUCCESS,
      { action: 'other', result: 'success' },
    ],
  ]
  for (const [what, name, outcome, expected] of cases) {
    it(what, () => {
      const counted: object[] = []
      const count = createActivationCount(
        { countActivation: (activation) => counted.push(activation) },
        [ACTION],
      )
      count(
        recordActivation({
          activationId: 'a',
          namespace: 'space',
          action: { ...ACTION, name },
          start: 1000,
          end: 1250,
          annotations: {},
          outcome,
          logs: [],
        }),
      )
      assert.deepEqual(counted, [{ ...expected, tookMs: 250 }])
    })
  }
})
