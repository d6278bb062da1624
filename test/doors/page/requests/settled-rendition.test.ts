import assert from 'node:assert/strict'
import type { DevtoolRequest } from '../../../../src/doors/page/api.ts'
import { settleRenditions } from '../../../../src/doors/page/requests/settled-rendition.ts'
import { CANCELLED } from '../../../../src/orders/door.ts'

const REQUEST: DevtoolRequest = {
  id: 'request',
  sentAt: 0,
  run: { id: 'run', position: 0, renditions: 1 },
  files: [],
  renditions: [{ instructions: {}, state: 'running', worker: 'worker', spans: [] }],
  activations: [],
  body: {},
}

describe('a rendition of the history', () => {
  for (const [title, event, state] of [
    ['created', { type: 'rendition_created' }, 'created'],
    ['failed', { type: 'rendition_failed', errorMessage: 'It is empty.' }, 'failed'],
    ['stopped, and not failed,', { type: 'rendition_failed', errorMessage: CANCELLED }, 'stopped'],
  ] as const) {
    it(`is ${title} when the journal says ${JSON.stringify(event)}`, () => {
      const outcome = { position: 0, event: { ...event, rendition: {} }, file: undefined }
      const { renditions } = settleRenditions(REQUEST, [outcome], 1)
      assert.deepEqual(
        renditions.map((each) => each.state),
        [state],
      )
    })
  }
})
