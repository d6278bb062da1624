import assert from 'node:assert/strict'
import {
  findWhole,
  listedRequests,
  mergeRequests,
  unfinished,
  withNewestPage,
  withNextPage,
  withoutRun,
} from '../../../page/model/known-requests.ts'
import type { KnownRequest } from '../../../page/state.ts'
import {
  type DevtoolRequest,
  type ListedRequest,
  listedRequestSchema,
  type Rendition,
} from '../../../src/doors/page/api.ts'
import { tellRun } from '../../../src/doors/page/work/told-run.ts'

const ACTIVATION = { id: 'a', action: 'worker', start: 1, end: 2, status: 'success', logs: [] }

/** A request of one rendition, which was sent at the number in its id. */
function request(number: number, state: Rendition['state'] = 'created'): DevtoolRequest {
  return {
    id: `r${number}`,
    sentAt: number,
    run: { id: `run${number}`, position: 0, renditions: 1 },
    files: [],
    renditions: [{ instructions: { fmt: 'png' }, state, worker: 'worker', spans: [] }],
    activations: [],
    body: {},
  }
}

/** The same as the history lists it. */
function listed(number: number): ListedRequest {
  return listedRequestSchema.parse(request(number))
}

function page(more: boolean, ...numbers: readonly number[]) {
  const requests = numbers.map((number) => request(number))
  return { runs: requests.map((each) => tellRun([each])), requests, more }
}

function idsOf(requests: readonly KnownRequest[]): readonly string[] {
  return requests.map(({ id }) => id)
}

const NOTHING = { requests: [], toldRuns: new Map() }

describe('Requests that were asked for', () => {
  it('come among the others by their time, newest first', () => {
    assert.deepEqual(idsOf(mergeRequests([request(5), request(1)], [request(3), request(7)])), [
      'r7',
      'r5',
      'r3',
      'r1',
    ])
  })

  for (const [known, asked, stays] of [
    ['queued', 'running', 'running'],
    ['running', 'queued', 'running'],
    ['created', 'running', 'created'],
    ['running', 'failed', 'failed'],
  ] as const) {
    it(`are ${stays} where ${known} was known and the answer says ${asked}`, () => {
      const [merged] = mergeRequests([request(1, known)], [request(1, asked)])
      assert.equal(merged?.renditions[0]?.state, stays)
    })
  }

  it('are the ones of the answer when both have come as far', () => {
    const answer = { ...request(1), body: { told: 'anew' } }
    assert.deepEqual(mergeRequests([request(1)], [answer]), [answer])
  })

  it('are those with the activation, which ends after its renditions', () => {
    const whole = { ...request(1), activations: [ACTIVATION] }
    assert.deepEqual(mergeRequests([whole], [request(1)]), [whole])
  })

  it('are the whole ones, however far those have come that the history lists', () => {
    const whole = request(1, 'running')
    assert.deepEqual(mergeRequests([whole], [listed(1)]), [whole])
    assert.deepEqual(mergeRequests([listed(1)], [whole]), [whole])
  })

  it('are asked for once more as long as there is more to be told of them', () => {
    const told = { ...request(3), activations: [ACTIVATION] }
    const known = [
      listed(4),
      told,
      request(2),
      { ...request(1, 'queued'), activations: [ACTIVATION] },
    ]
    assert.deepEqual(idsOf(unfinished(known)), ['r2', 'r1'])
  })

  it('are found once they are whole', () => {
    assert.equal(findWhole([listed(1)], 'r1'), undefined)
    assert.deepEqual(findWhole([listed(2), request(1)], 'r1'), request(1))
  })
})

describe('The history', () => {
  it('lists its first page', () => {
    const state = withNewestPage(NOTHING, page(true, 9, 8))
    assert.deepEqual(idsOf(listedRequests(state)), ['r9', 'r8'])
    assert.equal(state.moreHistory, true)
  })

  it('lists the next page below it, up to the last', () => {
    const first = withNewestPage(NOTHING, page(true, 9, 8))
    const both = withNextPage(first, page(false, 7))
    assert.deepEqual(idsOf(listedRequests(both)), ['r9', 'r8', 'r7'])
    assert.equal(both.moreHistory, false)
  })

  it('keeps what it lists when the connection is back', () => {
    const before = withNextPage(withNewestPage(NOTHING, page(true, 9, 8)), page(false, 7))
    const after = withNewestPage(before, page(true, 10, 9))
    assert.deepEqual(idsOf(listedRequests(after)), ['r10', 'r9', 'r8', 'r7'])
    assert.equal(after.moreHistory, false)
  })

  it('begins anew when more than a page has been added meanwhile, so that it has no gap', () => {
    const before = withNewestPage(NOTHING, page(false, 3, 2))
    const after = withNewestPage(before, page(true, 9, 8))
    assert.deepEqual(idsOf(listedRequests(after)), ['r9', 'r8'])
    assert.equal(after.moreHistory, true)
  })

  it('does not list an older request that was opened by its address', () => {
    const opened = { ...NOTHING, requests: mergeRequests([], [request(1)]) }
    const state = withNewestPage(opened, page(true, 9, 8))
    assert.deepEqual(idsOf(state.requests), ['r9', 'r8', 'r1'])
    assert.deepEqual(idsOf(listedRequests(state)), ['r9', 'r8'])
  })

  it('lists down to where it did when the run at its end is removed', () => {
    const opened = { ...NOTHING, requests: mergeRequests([], [request(1)]) }
    const state = withNewestPage(opened, page(true, 9, 8))
    const route = { view: 'request', id: 'r8' } as const
    const after = withoutRun({ ...state, latest: 'run9', route }, 'run8')
    assert.deepEqual(idsOf(listedRequests(after)), ['r9'])
    assert.deepEqual(idsOf(after.requests), ['r9', 'r1'])
    assert.equal(after.latest, 'run9')
    assert.deepEqual(after.missingRequest, { id: 'r8', why: 'It was deleted from the history.' })
    assert.equal(withoutRun({ ...after, route: { view: 'run' } }, 'run9').latest, undefined)
  })
})
