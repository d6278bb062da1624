import assert from 'node:assert/strict'
import { workerUrl } from '../../src/contract/actions.ts'

const ORIGIN = 'https://localhost:9443'
const WEB = `${ORIGIN}/api/v1/web/darkroom`

describe('what a rendition names as its worker', () => {
  const RULES: [action: string, instructions: object, worker: string | undefined][] = [
    ['dx-asset-compute-worker-1/worker', { fmt: 'png' }, undefined],
    ['dx-asset-compute-worker-1/worker', { fmt: 'unheard-of' }, undefined],
    ['dx-asset-compute-worker-1/worker', {}, `${WEB}/dx-asset-compute-worker-1/worker`],
    [
      'dx-asset-compute-worker-1/worker',
      { fmt: 'text' },
      `${WEB}/dx-asset-compute-worker-1/worker`,
    ],
    ['dx-asset-compute-worker-1/document', { fmt: 'text' }, undefined],
    ['dx-asset-compute-worker-1/circle', { fmt: 'png' }, `${WEB}/dx-asset-compute-worker-1/circle`],
    ['__APP_PACKAGE__/worker', { fmt: 'png' }, `${WEB}/__APP_PACKAGE__/worker`],
  ]

  for (const [action, instructions, worker] of RULES) {
    const named = worker === undefined ? 'nothing' : 'its URL'
    it(`is ${named} for ${action} and ${JSON.stringify(instructions)}`, () => {
      assert.equal(workerUrl(ORIGIN, action, { ...instructions }), worker)
    })
  }
})
