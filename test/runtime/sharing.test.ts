import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { setImmediate as turn } from 'node:timers/promises'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { openHost, runAction, useGates } from './host-fixture.ts'

describe('the processes of an action', () => {
  const cores = availableParallelism()
  const { gates } = useGates()
  let host: Runtime
  let starts: number
  let started: PromiseWithResolvers<void>
  let gate = 0

  function open(options: Parameters<typeof openHost>[1] = {}): void {
    starts = 0
    started = Promise.withResolvers()
    host = openHost('host.yml', {
      environment() {
        starts += 1
        if (starts > cores) started.resolve()
        return { PATH: process.env['PATH'] ?? '' }
      },
      ...options,
    })
  }
  afterEach(() => host.stop(0))

  /** Begins activations of a client that go on until their gate opens; resolves when as many as are given run. */
  async function hold(
    client: string,
    count: number,
    running = count,
  ): Promise<{ end: () => void }> {
    const names = Array.from({ length: count }, () => `sharing-${gate++}`)
    for (const name of names) host.invoke('test/alone', { client, gate: gates().url(name) })
    await Promise.all(names.slice(0, running).map((name) => gates().arrival(name)))
    return {
      end: () => {
        for (const name of names) gates().open(name)
      },
    }
  }

  const countOf = async () =>
    (await host.status()).find(({ name }) => name === 'test/alone')?.processes.length

  it('are there for a client though another has all of them and does not end', async () => {
    open()
    await hold('busy', cores + 3, cores)
    const activation = await runAction(host, 'alone', { client: 'innocent' })
    assert.equal(activation.response.success, true)
    assert.equal(starts, cores + 1)
  })

  it('beyond their usual number are one for each, and for as many as there are of those', async () => {
    open()
    await hold('busy', cores, cores)
    const clients = Array.from({ length: cores + 1 }, (_, index) => `client ${index}`)
    for (const client of clients.slice(0, cores)) await hold(client, 1)
    host.invoke('test/alone', { client: clients.at(-1) })
    const status = await host.status()
    assert.partialDeepStrictEqual(
      status.find(({ name }) => name === 'test/alone'),
      { queued: 1 },
    )
    assert.equal(starts, 2 * cores)
  })

  it('are as many as usual again when all have ended', async () => {
    open()
    const busy = await hold('busy', cores)
    const few = await hold('few', 1)
    assert.equal(await countOf(), cores + 1)
    busy.end()
    few.end()
    // Others have their turn in between, and among them what is counted.
    while ((await countOf()) !== cores) await turn()
  })

  it('are one more when all have been at long work, before anybody asks', async () => {
    open({ longWorkMs: 0 })
    await hold('busy', cores)
    await started.promise
    assert.equal(starts, cores + 1)
  })
})
