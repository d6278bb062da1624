import assert from 'node:assert/strict'
import { requestBody, useGateway } from './gateway-fixture.ts'

describe('Requests that are cancelled', () => {
  const gateway = useGateway()

  it('end each of their renditions once, and the activations that make them', async () => {
    const { register, process, actions, events, report, read, gateway: opened, secrets } = gateway()
    const journal = await register()
    const wanted = await process(requestBody('made.png', 'a.png', 'b.png'))
    const other = await process(requestBody('other.png'))
    const [start] = await actions.started(2)
    assert.ok(start)
    await report(start, 0)
    await opened().cancel(secrets.clientId, [wanted, 'none of ours'])
    assert.deepEqual(actions.cancelled, [start.activationId])
    const told = await events(journal, 3)
    assert.deepEqual(
      told.map(({ requestId, type, rendition, errorMessage = '' }) =>
        [requestId, type, rendition.name, errorMessage].join(' | '),
      ),
      [
        `${wanted} | rendition_created | made.png | `,
        `${wanted} | rendition_failed | a.png | The order was cancelled.`,
        `${wanted} | rendition_failed | b.png | The order was cancelled.`,
      ],
    )
    // What the worker has sent off before it was ended comes too late.
    assert.equal(await report(start, 1), 200)
    const { events: all } = await read(`${journal}?since=0`)
    assert.equal(all.length, 3)
    assert.ok(all.every(({ requestId }) => requestId !== other))
  })

  it('are only those of who cancels them', async () => {
    const { register, process, actions, gateway: opened } = gateway()
    await register()
    const wanted = await process(requestBody('a.png'))
    await actions.started(1)
    await opened().cancel('another', [wanted])
    assert.deepEqual(actions.cancelled, [])
  })

  it('may have ended before', async () => {
    const { register, process, actions, report, gateway: opened, secrets } = gateway()
    await register()
    const wanted = await process(requestBody('a.png'))
    await report(await actions.first(), 0)
    await opened().cancel(secrets.clientId, [wanted])
    assert.deepEqual(actions.cancelled, [])
  })
})
