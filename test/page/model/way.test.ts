import assert from 'node:assert/strict'
import { tabOf, wayTo } from '../../../page/model/way.ts'
import { addressOf, readRoute } from '../../../page/router.ts'
import type { DevtoolRequest } from '../../../src/doors/page/api.ts'

const REQUESTS: readonly DevtoolRequest[] = [
  {
    id: '4f1c',
    sentAt: 0,
    source: { id: 's', name: 'harbour.jpg', type: 'image/jpeg', size: 1 },
    files: [],
    run: { id: 'r1', position: 0, renditions: 1 },
    renditions: [{ instructions: { name: 'a.png' }, state: 'queued', worker: 'worker', spans: [] }],
    activations: [],
    body: {},
  },
  ...['logo.png', 'portrait.jpg'].map((name, position) => ({
    id: `of-${position}`,
    sentAt: 0,
    source: { id: name, name, type: 'image/png', size: 1 },
    files: [],
    run: { id: 'r2', position, renditions: 0 },
    renditions: [],
    activations: [],
    body: {},
  })),
]

const KNOWN = { requests: REQUESTS, toldRuns: new Map() }

/** Each place by its name, and where it leads. */
const WAYS: readonly [string, readonly string[]][] = [
  ['', []],
  ['#/history', []],
  ['#/images/lab/darkroom%2Fshoe', []],
  ['#/requests/4f1c', ['History #/history', 'harbour.jpg']],
  ['#/requests/4f1c/0', ['History #/history', 'harbour.jpg #/requests/4f1c', 'a.png']],
  ['#/requests/0000', ['History #/history', '0000']],
  ['#/runs/r2', ['History #/history', 'logo.png and 1 more']],
  ['#/requests/of-1', ['History #/history', 'logo.png and 1 more #/runs/r2', 'portrait.jpg']],
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

const wayOf = (address: string, latest?: string): readonly string[] =>
  wayTo(readRoute(address), { ...KNOWN, latest, asset: ASSET }).map(({ name, route }) =>
    route === undefined ? name : `${name} ${addressOf(route)}`,
  )

describe('The way to a view', () => {
  for (const [address, way] of WAYS) {
    it(`is ${JSON.stringify(way)} at ${JSON.stringify(address)}`, () => {
      assert.deepEqual(wayOf(address), way)
    })
  }

  it('begins at Run for what that shows', () => {
    assert.deepEqual(wayOf('#/requests/4f1c', 'r1'), ['Run #/', 'harbour.jpg'])
    assert.deepEqual(wayOf('#/runs/r2', 'r2'), ['Run #/', 'logo.png and 1 more'])
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
      assert.equal(tabOf(readRoute(address), { ...KNOWN, latest: undefined }), tab)
    })
  }
})
