import assert from 'node:assert/strict'
import {
  countOutcomes,
  filterRuns,
  findRun,
  isSent,
  latestRunId,
  outcomeOf,
  runsOf,
  type ToldRuns,
  timeOfRun,
  titleOfRun,
} from '../../../page/model/run-list.ts'
import { tellRun } from '../../../src/doors/page/work/told-run.ts'
import type { ToldRun } from '../../../src/doors/page/work/work-shapes.ts'
import { rendition, requestOf, source } from '../known-run.ts'

/** Newest first, as they are known: of a run the last source is the newest. */
const REQUESTS = [
  requestOf('new', 1, 'b.jpg', 'created', 'running'),
  requestOf('new', 0, 'a.jpg', 'created'),
  requestOf('failed', 2, 'صورة.jpg', 'created'),
  requestOf('failed', 1, 'd.jpg', 'failed', 'stopped'),
  requestOf('failed', 0, 'c.jpg', 'created'),
  requestOf('stopped', 0, 'e.jpg', 'created', 'stopped'),
  requestOf('good', 0, 'f.jpg', rendition('created', { endedAt: 9000 }), 'created'),
]

const NONE_TOLD: ToldRuns = new Map()
const KNOWN = { requests: REQUESTS, toldRuns: NONE_TOLD }

const RUNS = runsOf(REQUESTS, NONE_TOLD)

describe('The runs', () => {
  it('are newest first, their requests in the order of the sources', () => {
    assert.deepEqual(
      RUNS.map(({ id, requests }) => [id, ...requests.map((request) => request.source?.name)]),
      [
        ['new', 'a.jpg', 'b.jpg'],
        ['failed', 'c.jpg', 'd.jpg', 'صورة.jpg'],
        ['stopped', 'e.jpg'],
        ['good', 'f.jpg'],
      ],
    )
  })

  it('are what the worst of their renditions is, once all have ended', () => {
    assert.deepEqual(RUNS.map(outcomeOf), ['pending', 'failed', 'stopped', 'created'])
    assert.deepEqual(
      [...countOutcomes(RUNS)],
      [
        ['pending', 1],
        ['failed', 1],
        ['stopped', 1],
        ['created', 1],
      ],
    )
  })

  it('are under way while there are more to be sent, whatever has ended', () => {
    const request = requestOf('run', 0, 'a.jpg', 'created')
    const [run] = runsOf([{ ...request, run: { ...request.run, renditions: 2 } }], NONE_TOLD)
    assert.ok(run)
    assert.deepEqual([isSent(run), outcomeOf(run), timeOfRun(run)], [false, 'pending', undefined])
  })

  it('took from when they were sent until the last rendition had ended', () => {
    assert.deepEqual(RUNS.map(timeOfRun), [undefined, 1000, 1000, 9000])
  })

  it('are called as their source, or the first of them', () => {
    assert.deepEqual(RUNS.map(titleOfRun), [
      'a.jpg and 1 more',
      'c.jpg and 2 more',
      'e.jpg',
      'f.jpg',
    ])
  })

  it('count each file once, those of archives and watermarks as well', () => {
    const mark = source('mark.png')
    const runs = runsOf(
      [
        { ...requestOf('run', 0, 'a.jpg'), files: [mark] },
        { ...requestOf('run', 1, 'b.jpg'), files: [mark] },
      ],
      NONE_TOLD,
    )
    assert.deepEqual(
      runs.map(({ told }) => told.sources),
      [3],
    )
  })

  it('are found by their ids', () => {
    assert.equal(findRun(KNOWN, 'failed')?.requests.length, 3)
    assert.equal(findRun(KNOWN, 'none'), undefined)
  })
})

describe('A run of which only the first requests are known', () => {
  const first = requestOf('many', 0, 'a.jpg', 'created')
  const told = {
    ...tellRun([first, requestOf('many', 1, 'b.jpg', 'failed'), requestOf('many', 2, 'c.jpg')]),
    requests: 300,
  }
  const toldOf = (changes: Partial<ToldRun>): ToldRuns =>
    new Map([['many', { ...told, ...changes }]])

  it('is told of as the service has told of it', () => {
    const [run] = runsOf([first], toldOf({}))
    assert.ok(run)
    assert.deepEqual([run.isWhole, run.told.requests, outcomeOf(run)], [false, 300, 'failed'])
    assert.equal(titleOfRun(run), 'a.jpg and 299 more')
  })

  it('is whole once all of them are known, and told by what is known', () => {
    const [run] = runsOf([first], toldOf({ requests: 1 }))
    assert.deepEqual([run?.isWhole, run?.told.failed], [true, 0])
  })

  it('is not whole while it is sent, if of those known one is missing in between', () => {
    const known = [first, requestOf('many', 9, 'j.jpg', 'running')]
    const [run] = runsOf(known, toldOf({ requests: 2, state: 'running' }))
    assert.equal(run?.isWhole, false)
  })
})

describe('The latest run', () => {
  for (const [title, state, expected] of [
    ['that was sent here', { latest: 'old', moreHistory: false, requests: REQUESTS }, 'old'],
    ['of the history, where none was', { moreHistory: true, requests: REQUESTS }, 'new'],
    ['none that was opened by its address', { requests: REQUESTS }, undefined],
    ['none, where there is none', { moreHistory: false, requests: [] }, undefined],
  ] as const) {
    it(`is ${title}`, () => {
      assert.equal(latestRunId(state), expected)
    })
  }
})

describe('The runs that are looked for', () => {
  for (const [text, state, expected] of [
    ['', '', ['new', 'failed', 'stopped', 'good']],
    ['', 'failed', ['failed']],
    ['D.JPG', '', ['failed']],
    ['صورة', '', ['failed']],
    ['e.jpg stopped.png', '', ['stopped']],
    // No request has both.
    ['c.jpg d.jpg', '', []],
    ['cut off', '', ['failed']],
    ['sourcecorrupt', 'created', []],
    ['png', 'created', ['good']],
  ] as const) {
    it(`by ${JSON.stringify(text)}, ${state === '' ? 'of all' : state}, are [${expected.join(', ')}]`, () => {
      assert.deepEqual(
        filterRuns(RUNS, { text, state }).map(({ id }) => id),
        expected,
      )
    })
  }
})
