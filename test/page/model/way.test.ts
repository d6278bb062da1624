import assert from 'node:assert/strict'
import { tabOf, wayTo } from '../../../page/model/way.ts'
import { addressOf, readRoute } from '../../../page/router.ts'
import type { DevtoolRequest } from '../../../src/doors/page/api.ts'

const REQUESTS = [
  {
    id: '4f1c',
    sentAt: 0,
    source: { id: 's', name: 'harbour.jpg', type: 'image/jpeg', size: 1 },
    files: [],
    renditions: [{ instructions: { name: 'a.png' }, state: 'queued', worker: 'worker', spans: [] }],
    activations: [],
    body: {},
  },
] satisfies DevtoolRequest[]

/** Each place by its name, and where it leads. */
const WAYS: readonly [string, readonly string[]][] = [
  ['', []],
  ['#/history', []],
  ['#/images/lab/darkroom%2Fshoe', []],
  ['#/requests/4f1c', ['History #/history', 'harbour.jpg']],
  ['#/requests/4f1c/0', ['History #/history', 'harbour.jpg #/requests/4f1c', 'a.png']],
  ['#/requests/0000', ['History #/history', '0000']],
  ['#/jobs/new', ['Jobs #/jobs', 'New job']],
  ['#/jobs/77/webp', ['Jobs #/jobs', '77']],
  ['#/cases/worker/width-only', ['Test cases #/cases', 'worker/width-only']],
  ['#/exports/new', ['Exports #/exports', 'New export']],
  ['#/exports/3', ['Exports #/exports', 'Export 3']],
  ['#/images/asset/darkroom/hat', ['Images #/images', 'hat']],
  [
    '#/images/asset/darkroom/shoe',
    ['Images #/images', 'spring #/images/in/spring', 'red #/images/in/spring%2Fred', 'shoe'],
  ],
]

const ASSET = { name: 'shoe', folder: 'spring/red' }

const wayOf = (address: string, latest: readonly string[] = []): readonly string[] =>
  wayTo(readRoute(address), { requests: REQUESTS, latest, asset: ASSET }).map(({ name, route }) =>
    route === undefined ? name : `${name} ${addressOf(route)}`,
  )

describe('The way to a view', () => {
  for (const [address, way] of WAYS) {
    it(`is ${JSON.stringify(way)} at ${JSON.stringify(address)}`, () => {
      assert.deepEqual(wayOf(address), way)
    })
  }

  it('begins at Run for what that shows', () => {
    assert.equal(tabOf(readRoute('#/requests/4f1c/0'), ['4f1c']), 'run')
    assert.deepEqual(wayOf('#/requests/4f1c', ['4f1c']), ['Run #/', 'harbour.jpg'])
  })

  const tabs: readonly [string, string][] = [
    ['#/nowhere', 'run'],
    ['#/requests/4f1c', 'history'],
    ['#/jobs/new', 'jobs'],
    ['#/cases/worker/a', 'cases'],
    ['#/images/lab', 'images'],
    ['#/images/presets', 'images'],
    ['#/exports/new', 'exports'],
    ['#/api', 'api'],
  ]
  for (const [address, tab] of tabs) {
    it(`is of the tab ${tab} at ${address}`, () => {
      assert.equal(tabOf(readRoute(address), []), tab)
    })
  }
})
