import assert from 'node:assert/strict'
import { titleOfView } from '../../../page/model/title.ts'
import { readRoute } from '../../../page/router.ts'
import type { DevtoolRequest } from '../../../src/doors/page/api.ts'

const TITLES: readonly [string, string][] = [
  ['', 'Run - Darkroom'],
  ['#/history', 'History - Darkroom'],
  ['#/requests/4f1c', 'harbour.jpg - Darkroom'],
  ['#/requests/4f1c/0', 'a.png - Darkroom'],
  ['#/requests/4f1c/7', 'harbour.jpg - Darkroom'],
  ['#/requests/0000', '0000 - Darkroom'],
  ['#/runs/77aa', 'harbour.jpg - Darkroom'],
  ['#/runs/0000', 'Run - Darkroom'],
  ['#/jobs', 'Jobs - Darkroom'],
  ['#/jobs/4f1c', '4f1c - Darkroom'],
  ['#/jobs/4f1c/webp', 'webp - 4f1c - Darkroom'],
  ['#/cases', 'Test cases - Darkroom'],
  ['#/cases/worker/width-only', 'worker/width-only - Darkroom'],
  ['#/actions', 'Actions - Darkroom'],
]

const REQUESTS = [
  {
    id: '4f1c',
    sentAt: 0,
    run: { id: '77aa', position: 0, renditions: 1 },
    source: { id: 's', name: 'harbour.jpg', type: 'image/jpeg', size: 1 },
    files: [],
    renditions: [{ instructions: { name: 'a.png' }, state: 'queued', worker: 'worker', spans: [] }],
    activations: [],
    body: {},
  },
] satisfies DevtoolRequest[]

describe('The title of the page', () => {
  for (const [address, title] of TITLES) {
    it(`is ${JSON.stringify(title)} at ${JSON.stringify(address)}`, () => {
      assert.equal(
        titleOfView(readRoute(address), { requests: REQUESTS, toldRuns: new Map() }),
        title,
      )
    })
  }
})
