import assert from 'node:assert/strict'
import type { DevtoolRequest, Rendition } from '../../../../src/doors/page/api.ts'
import { openPageDatabase, type PageDatabase } from '../../../../src/doors/page/page-database.ts'
import { MOST_REQUESTS, openHistory } from '../../../../src/doors/page/requests/request-history.ts'
import { createUpdates } from '../../../../src/doors/page/update-channel.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

function makeRendition(state: Rendition['state']): Rendition {
  const spans: Rendition['spans'] = [{ step: 'queue', start: 1, end: 2 }]
  return { instructions: { fmt: 'png' }, state, worker: 'worker', spans }
}

function makeRequest(id: string, ...states: Rendition['state'][]): DevtoolRequest {
  return makeRequestOf({ id, position: 0, renditions: states.length }, id, ...states)
}

function makeRequestOf(
  run: DevtoolRequest['run'],
  id: string,
  ...states: Rendition['state'][]
): DevtoolRequest {
  const source = { id: 'source', name: 'a.png', type: 'image/png', size: 1 }
  const renditions = states.map(makeRendition)
  return { id, sentAt: 1, run, source, files: [source], renditions, activations: [], body: {} }
}

const folder = useTemporaryFolder()
let opened = 0

function openNew(): PageDatabase {
  opened += 1
  return openPageDatabase(folder.pathTo(`page${opened}.sqlite`))
}

function open(database = openNew()) {
  const updates = createUpdates()
  const published: string[] = []
  updates.subscribe((update) => {
    if (update.about === 'request') published.push(update.request.id)
  })
  return { database, history: openHistory(database, updates), published }
}

/** What a page may get for its first view besides its own files, which have most of the 300 kB; in bytes. */
const FIRST_VIEW_BYTES = 60_000

describe('the history of requests', () => {
  it('tells for the first view as little of a run of 300 sources as of one of 12', () => {
    const { history } = open()
    for (let position = 0; position < 300; position += 1) {
      const id = `request ${position}`
      const states = Array.from({ length: 6 }, () => 'created' as const)
      history.begin(makeRequestOf({ id: 'run', position, renditions: 1800 }, id, ...states))
      history.accept(id)
    }
    const page = history.page(1, { within: 12 })
    assert.deepEqual([page?.runs[0]?.requests, page?.requests.length], [300, 12])
    const bytes = Buffer.byteLength(JSON.stringify(page))
    assert.ok(bytes < FIRST_VIEW_BYTES, `${bytes} bytes`)
  })

  it('has what was accepted, newest first, and tells of it', () => {
    const { history, published } = open()
    for (const id of ['one', 'two', 'three']) {
      history.begin(makeRequest(id, 'created'))
      history.accept(id)
    }
    history.begin(makeRequest('refused', 'queued'))
    history.discard('refused')
    const { requests, more } = history.page(2) ?? {}
    assert.deepEqual([requests?.map(({ id }) => id), more], [['three', 'two'], true])
    assert.deepEqual(
      history.page(2, { before: 'two' })?.requests.map(({ id }) => id),
      ['one'],
    )
    assert.equal(history.page(2, { before: 'refused' }), undefined)
    assert.deepEqual(published, ['one', 'two', 'three'])
  })

  it('lists a run as a whole, however many requests it is of', () => {
    const { history } = open()
    for (const run of ['old', 'many', 'new']) {
      for (const position of run === 'many' ? [0, 1, 2, 3] : [0]) {
        const id = `${run} ${position}`
        history.begin(makeRequestOf({ id: run, position, renditions: 4 }, id, 'created'))
        history.accept(id)
      }
    }
    const { requests = [], more } = history.page(2) ?? {}
    const ids = requests.map(({ id }) => id)
    assert.deepEqual(ids, ['new 0', 'many 3', 'many 2', 'many 1', 'many 0'])
    assert.equal(more, true)
    const next = history.page(2, { before: 'many 0' })
    assert.deepEqual([next?.requests.map(({ id }) => id), next?.more], [['old 0'], false])
  })

  it('tells of a run as a whole where it lists the first of its requests alone', () => {
    const { history } = open()
    for (const position of [0, 1, 2]) {
      const id = `request ${position}`
      history.begin(makeRequestOf({ id: 'run', position, renditions: 3 }, id, 'created'))
      history.accept(id)
    }
    const { runs = [], requests = [] } = history.page(1, { within: 1 }) ?? {}
    assert.deepEqual(
      requests.map(({ id }) => id),
      ['request 0'],
    )
    assert.deepEqual(
      runs.map(({ id, requests: sent, counts, state }) => [id, sent, counts.created, state]),
      [['run', 3, 3, 'done']],
    )
  })

  it('has the requests of a run in their order, but for those that were refused', () => {
    const { history } = open()
    for (const position of [0, 1, 2]) {
      const id = `request ${position}`
      history.begin(makeRequestOf({ id: 'run', position, renditions: 3 }, id, 'created'))
      if (position < 2) history.accept(id)
    }
    assert.deepEqual(
      history.run('run').map(({ id }) => id),
      ['request 0', 'request 1'],
    )
    assert.deepEqual(history.run('another'), [])
  })

  it('knows after a kill that no more is sent of the run that was being sent', () => {
    const { database, history } = open()
    history.begin(makeRequestOf({ id: 'run', position: 0, renditions: 9 }, 'one', 'created'))
    history.accept('one')
    history.begin(makeRequestOf({ id: 'run', position: 1, renditions: 9 }, 'two', 'queued'))
    const { history: later } = open(database)
    assert.deepEqual(
      later.run('run').map(({ run }) => run),
      [{ id: 'run', position: 0, renditions: 1 }],
    )
  })

  it('forgets a run, and tells so', () => {
    const updates = createUpdates()
    const removed: string[] = []
    updates.subscribe((update) => {
      if (update.about === 'removed-run') removed.push(update.id)
    })
    const history = openHistory(openNew(), updates)
    for (const id of ['one', 'two']) {
      history.begin(makeRequest(id, 'running'))
      history.accept(id)
    }
    history.removeRun('one')
    assert.deepEqual(removed, ['one'])
    assert.deepEqual(
      history.page(10)?.requests.map(({ id }) => id),
      ['two'],
    )
    // An event that comes too late is about nothing.
    history.change('one', () => assert.fail('there is no such request'))
  })

  it('lists requests without what only a whole one has', () => {
    const { history } = open()
    const rendition = makeRendition('created')
    const activation = { id: 'a', action: 'worker', start: 1, end: 2, status: 'success', logs: [] }
    const whole: DevtoolRequest = {
      ...makeRequest('one'),
      renditions: [{ ...rendition, event: { type: 'rendition_created' } }],
      activations: [{ ...activation, logs: ['a line'] }],
    }
    history.begin(whole)
    history.accept('one')
    const { activations: _, body: __, ...rest } = whole
    assert.deepEqual(history.page(1)?.requests, [{ ...rest, renditions: [rendition] }])
    assert.deepEqual(history.find('one'), whole)
  })

  it('knows what is under way', () => {
    const { history } = open()
    history.begin(makeRequest('one', 'created', 'queued'))
    assert.equal(history.isPending(), false)
    history.accept('one')
    assert.equal(history.isPending(), true)
    history.change('one', () => makeRequest('one', 'created', 'failed'))
    assert.equal(history.isPending(), false)
  })

  it('changes nothing that it does not have', () => {
    const { history, published } = open()
    history.change('nothing', () => assert.fail('there is no such request'))
    assert.deepEqual(published, [])
  })

  it('lets what ran when the service ended wait again, and forgets what was not sent', () => {
    const { database, history } = open()
    history.begin(makeRequest('running', 'running', 'created'))
    history.accept('running')
    history.begin(makeRequest('unsent', 'queued'))
    const { history: later } = open(database)
    assert.deepEqual(later.find('running')?.renditions, [
      { ...makeRendition('queued'), spans: [] },
      makeRendition('created'),
    ])
    assert.equal(later.find('unsent'), undefined)
  })

  it('is as good as empty where it cannot be read', () => {
    const { database, history } = open()
    for (const id of ['one', 'two']) {
      history.begin(makeRequest(id, 'created'))
      history.accept(id)
    }
    database.run("UPDATE requests SET document = '{}' WHERE id = 'two'")
    assert.equal(history.find('two'), undefined)
    assert.deepEqual(
      history.page(10)?.requests.map(({ id }) => id),
      ['one'],
    )
  })

  it('keeps the newest', () => {
    const { history } = open()
    for (let number = 0; number <= MOST_REQUESTS; number += 1) {
      history.begin(makeRequest(`request ${number}`, 'created'))
      history.accept(`request ${number}`)
    }
    assert.equal(history.find('request 0'), undefined)
    assert.equal(history.find('request 1')?.id, 'request 1')
  })
})
