import assert from 'node:assert/strict'
import type { Update } from '../../../src/doors/page/api.ts'
import { createUpdates } from '../../../src/doors/page/update-channel.ts'
import { createUpdateRoutes } from '../../../src/doors/page/update-routes.ts'
import { createUpdateWriter, streamUpdates } from '../../../src/doors/page/update-stream.ts'

function aboutRequest(id: string, sentAt: number): Update {
  const run = { id, position: 0, renditions: 0 }
  const request = { id, sentAt, run, files: [], renditions: [], activations: [], body: {} }
  return { about: 'request', request }
}

function openPage(heartbeatMs?: number, mayStay?: () => Promise<boolean>) {
  const updates = createUpdates()
  const stopping = new AbortController()
  const write = createUpdateWriter()
  const stream = streamUpdates(updates, write, stopping.signal, heartbeatMs, mayStay)
  const reader = stream.getReader()
  const read = async () => new TextDecoder().decode((await reader.read()).value)
  return { updates, stopping, reader, read }
}

const event = (update: Update) => `event: update\ndata: ${JSON.stringify(update)}\n\n`

describe('the stream of updates', () => {
  it('begins with a sign of life, and tells of what changes', async () => {
    const { updates, read } = openPage()
    assert.equal(await read(), ': \n\n')
    const next = read()
    updates.publish(aboutRequest('a', 1))
    assert.equal(await next, event(aboutRequest('a', 1)))
  })

  it('keeps only the newest of each thing for a page that reads slowly', async () => {
    const { updates, read } = openPage()
    await read()
    for (const sentAt of [1, 2, 3]) {
      updates.publish(aboutRequest('a', sentAt))
      updates.publish(aboutRequest('b', sentAt))
      updates.publish({ about: 'actions', actions: [] })
    }
    assert.equal(await read(), event(aboutRequest('a', 3)))
    assert.equal(await read(), event(aboutRequest('b', 3)))
    assert.equal(await read(), event({ about: 'actions', actions: [] }))
    const next = read()
    updates.publish(aboutRequest('c', 1))
    assert.equal(await next, event(aboutRequest('c', 1)))
  })

  it('keeps of a job that is gone only that', async () => {
    const { updates, read } = openPage()
    await read()
    updates.publish(aboutRequest('a', 1))
    updates.publish({ about: 'job', job: { id: 'j', status: 'waiting' } })
    updates.publish({ about: 'removed-job', id: 'j' })
    assert.equal(await read(), event(aboutRequest('a', 1)))
    assert.equal(await read(), event({ about: 'removed-job', id: 'j' }))
  })

  it('keeps that assets have changed, however often the actions are told of', async () => {
    const { updates, read } = openPage()
    await read()
    updates.publish({ about: 'removed-export', number: 1 })
    updates.publish({ about: 'removed-export', number: 2 })
    updates.publish({ about: 'assets' })
    updates.publish({ about: 'actions', actions: [] })
    assert.equal(await read(), event({ about: 'removed-export', number: 1 }))
    assert.equal(await read(), event({ about: 'removed-export', number: 2 }))
    assert.equal(await read(), event({ about: 'assets' }))
    assert.equal(await read(), event({ about: 'actions', actions: [] }))
  })

  it('ends for a page that never reads', async () => {
    const { updates, reader, read } = openPage(1)
    await read()
    assert.equal(updates.hasListeners(), true)
    await reader.closed
    assert.equal(updates.hasListeners(), false)
  })

  it('ends for who is not signed in any more', async () => {
    let isSignedIn = true
    const { reader, read } = openPage(1, async () => isSignedIn)
    await read()
    assert.equal(await read(), ': \n\n')
    isSignedIn = false
    while (!(await reader.read()).done) assert.equal(isSignedIn, false)
  })

  it('ends with the page', async () => {
    const { updates, reader, read } = openPage()
    await read()
    await reader.cancel()
    assert.equal(updates.hasListeners(), false)
  })

  it('ends when the service stops', async () => {
    const { updates, stopping, reader, read } = openPage()
    await read()
    stopping.abort()
    assert.equal((await reader.read()).done, true)
    assert.equal(updates.hasListeners(), false)
  })

  it('follows nothing for who asks with HEAD', async () => {
    const updates = createUpdates()
    const routes = createUpdateRoutes(updates, new AbortController().signal, async () => true)
    const answer = await routes.request('/updates', { method: 'HEAD' })
    assert.equal(answer.headers.get('content-type'), 'text/event-stream')
    assert.equal(updates.hasListeners(), false)
  })

  it('writes an update once, however many pages there are', () => {
    const write = createUpdateWriter()
    const update = aboutRequest('a', 1)
    assert.equal(write(update), write(update))
  })
})
