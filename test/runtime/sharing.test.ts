import assert from 'node:assert/strict'
import os, { availableParallelism } from 'node:os'
import { setImmediate as turn } from 'node:timers/promises'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import type { Precedence } from '../../src/tasks/precedence.ts'
import { openHost, pidOf, runAction, useGates } from './host-fixture.ts'

/** Has the test say who has had much, and whose work is to step aside. */
function decide(hasMuch: (client: string) => boolean) {
  const works = new Map<string, () => void>()
  const precedence: Precedence = {
    begin(client, stepAside) {
      works.set(client, stepAside)
      return () => undefined
    },
    hasMuch,
  }
  return { precedence, stepAside: (client: string) => works.get(client)?.() }
}

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
  ): Promise<{ end: () => Promise<unknown> }> {
    const names = Array.from({ length: count }, () => `sharing-${gate++}`)
    const activations = names.map((name) =>
      host.invoke('test/alone', { client, gate: gates().url(name) }),
    )
    await Promise.all(names.slice(0, running).map((name) => gates().arrival(name)))
    return {
      end() {
        for (const name of names) gates().open(name)
        return Promise.all(activations.map(({ ended }) => ended))
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

  it('are as many as usual again when all have ended, and nobody has needed more for a while', async () => {
    open({ needlessMs: 0 })
    const busy = await hold('busy', cores)
    const few = await hold('few', 1)
    assert.equal(await countOf(), cores + 1)
    await Promise.all([busy.end(), few.end()])
    // Others have their turn in between, and among them what is counted.
    while ((await countOf()) !== cores) await turn()
  })

  it('are one more when all have been at long work, before anybody asks', async () => {
    open({ longWorkMs: 0 })
    await hold('busy', cores)
    await started.promise
    assert.equal(starts, cores + 1)
  })

  const tell = async (client: string, action = 'alone') =>
    pidOf(await runAction(host, action, { client, act: 'tell' }))

  const pids = async () =>
    (await host.status()).flatMap(({ processes }) => processes.flatMap(({ pid }) => pid ?? []))

  it('go behind others when those who have had much use them, with what they have started, and do more of such work', async () => {
    const { precedence, stepAside } = decide((client) => client === 'busy')
    open({ precedence })
    const held = await hold('busy', 1)
    const [first] = await pids()
    assert.ok(first !== undefined)
    stepAside('busy')
    assert.ok(os.getPriority(first) > os.getPriority())
    // For somebody else there is another by then, though nobody has asked for it.
    assert.equal((await pids()).length, 2)
    const innocent = await tell('innocent')
    assert.notEqual(innocent, first)
    await held.end()
    assert.equal(await tell('busy'), first)
    assert.equal(os.getPriority(innocent), os.getPriority())
  })

  it('that are new are for those who have had much, and those that have run before for others', async () => {
    const { precedence } = decide((client) => client === 'busy')
    open({ precedence })
    const held = [await hold('busy', cores), await hold('other', 1)]
    const before = await pids()
    for (const { end } of held) await end()
    assert.equal(await tell('busy'), before.at(-1))
    assert.equal(await tell('innocent'), before[0])
  })

  it('that go behind others are ended when nobody has needed them for a while', async () => {
    const { precedence, stepAside } = decide(() => true)
    open({ precedence, needlessMs: 0 })
    const held = await hold('busy', 1)
    const [first] = await pids()
    stepAside('busy')
    await held.end()
    assert.ok(first !== undefined)
    while ((await pids()).includes(first)) await turn()
    assert.equal((await pids()).length, 1)
  })

  it('go behind nobody where a process has several activations at a time', async () => {
    const { precedence, stepAside } = decide(() => true)
    open({ precedence })
    const pid = await tell('busy', 'shared')
    stepAside('busy')
    assert.equal(os.getPriority(pid), os.getPriority())
  })
})
