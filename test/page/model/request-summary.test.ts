import assert from 'node:assert/strict'
import {
  announcementOf,
  countStates,
  formatsOf,
  hasEnded,
  nameOf,
  summaryOf,
  timeTaken,
  titleOfRequest,
} from '../../../page/model/request-summary.ts'
import type { DevtoolRequest, KeptSource, Rendition } from '../../../src/doors/page/api.ts'
import { sourcesOf } from '../../../src/doors/page/work/told-run.ts'

const HARBOUR: KeptSource = { id: 'a', name: 'harbour.jpg', type: 'image/jpeg', size: 10 }
const LOGO: KeptSource = { id: 'b', name: 'logo.png', type: 'image/png', size: 20 }

function rendition(changes: Partial<Rendition>): Rendition {
  return { instructions: { fmt: 'png' }, state: 'queued', worker: 'worker', spans: [], ...changes }
}

function request(changes: Partial<DevtoolRequest>): DevtoolRequest {
  return {
    id: 'r1',
    sentAt: 1000,
    run: { id: 'run1', position: 0, renditions: 1 },
    source: HARBOUR,
    files: [],
    renditions: [],
    activations: [],
    body: {},
    ...changes,
  }
}

function inStates(...states: readonly Rendition['state'][]): DevtoolRequest {
  return request({ renditions: states.map((state) => rendition({ state })) })
}

describe('The summary of a request', () => {
  for (const [states, expected, ended] of [
    [[], '', false],
    [['queued', 'running'], '2 to come', false],
    [['created', 'running'], '1 created, 1 to come', false],
    [['created', 'created', 'failed'], '2 created, 1 failed', true],
    [['failed'], '1 failed', true],
    [['created', 'stopped', 'stopped'], '1 created, 2 stopped', true],
  ] as const) {
    it(`is "${expected}" for [${states.join(', ')}], which ${ended ? 'has' : 'has not'} ended`, () => {
      const counts = countStates([inStates(...states)])
      assert.equal(summaryOf(counts), expected)
      assert.equal(hasEnded(counts), ended)
    })
  }

  it('counts the renditions of all requests', () => {
    assert.deepEqual(countStates([inStates('created', 'queued'), inStates('created', 'failed')]), {
      queued: 1,
      running: 0,
      created: 2,
      failed: 1,
      stopped: 0,
    })
  })
})

describe('The end of a run', () => {
  const ended = inStates('created', 'failed')

  it('is said once all of its requests have ended', () => {
    const second = { ...inStates('running'), id: 'r2' }
    const run = { hasRun: true, sending: false, latest: 'run1' }
    assert.equal(announcementOf({ ...run, requests: [ended, second] }), '')
    assert.equal(
      announcementOf({ ...run, requests: [ended, { ...inStates('created'), id: 'r2' }] }),
      'The run has ended: 2 created, 1 failed.',
    )
  })

  it('is not said while there are more to be sent', () => {
    assert.equal(
      announcementOf({ hasRun: true, sending: true, latest: 'run1', requests: [ended] }),
      '',
    )
  })

  it('is not said of a run that was sent before the page was loaded', () => {
    assert.equal(announcementOf({ sending: false, latest: 'run1', requests: [ended] }), '')
  })
})

describe('The name of a rendition', () => {
  for (const [instructions, expected] of [
    [{ name: 'thumb.png' }, 'thumb.png'],
    [{ name: '' }, 'Rendition 3'],
    [{ name: 7 }, 'Rendition 3'],
    [{}, 'Rendition 3'],
  ] as const) {
    it(`is ${expected} for ${JSON.stringify(instructions)} at position 2`, () => {
      assert.equal(nameOf(rendition({ instructions }), 2), expected)
    })
  }
})

describe('The formats of a request', () => {
  it('are each said once, in their order, without those that a worker chooses', () => {
    const renditions = ['png', ' JPEG', undefined, 'png', 3].map((fmt) =>
      rendition({ instructions: { fmt } }),
    )
    assert.deepEqual(formatsOf([request({ renditions })]), ['PNG', 'JPEG'])
  })
})

describe('The sources of a request', () => {
  it('are its source and the files that its instructions name, each once', () => {
    assert.deepEqual(sourcesOf(request({ files: [LOGO, HARBOUR] })), [HARBOUR, LOGO])
    assert.deepEqual(sourcesOf(request({ source: undefined, files: [LOGO] })), [LOGO])
  })

  for (const [source, files, expected] of [
    [HARBOUR, [LOGO], 'harbour.jpg'],
    [undefined, [LOGO], 'logo.png'],
    [undefined, [LOGO, HARBOUR], 'logo.png and 1 more'],
    [undefined, [], 'Without a source'],
  ] as const) {
    it(`call it "${expected}"`, () => {
      assert.equal(titleOfRequest(request({ source, files: [...files] })), expected)
    })
  }
})

describe('The time that a rendition took', () => {
  for (const [endedAt, expected] of [
    [undefined, undefined],
    [1250, 250],
    [900, 0],
  ] as const) {
    it(`is ${expected} when it was sent at 1000 and ended at ${endedAt}`, () => {
      assert.equal(timeTaken(request({}), rendition({ endedAt })), expected)
    })
  }
})
