import assert from 'node:assert/strict'
import { readManifest } from '../../src/runtime/deploy/manifest.ts'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { isAlive, openHost, pidOf, resultOf, runAction, useGates, useHost } from './host-fixture.ts'

describe('an action that is reloaded', () => {
  const { host } = useHost()
  const { gates } = useGates()

  it('runs in a new process, the one before having left the system', async () => {
    const before = pidOf(await runAction(host(), 'alone'))
    await host().reload('test/alone')
    assert.ok(!isAlive(before))
    assert.notEqual(pidOf(await runAction(host(), 'alone')), before)
  })

  it('ends what runs and what waits in the process before', async () => {
    const before = pidOf(await runAction(host(), 'pair'))
    const running = ['reload', 'reload', 'reload'].map((name) =>
      host().invoke('test/pair', { gate: gates().url(name) }),
    )
    await gates().arrival('reload')
    const reloaded = host().reload('test/pair')
    assert.notEqual(pidOf(await runAction(host(), 'pair')), before)
    assert.ok(isAlive(before))
    gates().open('reload')
    for (const { ended } of running) assert.equal((await ended).response.success, true)
    await reloaded
    assert.ok(!isAlive(before))
  })

  it('is nothing to do where there is no process, and no such action', async () => {
    await host().reload('test/shared')
    await host().reload('test/other')
  })

  it('is ended with the host', async () => {
    const stopping = openHost()
    const { ended } = stopping.invoke('test/alone', { act: 'never', gate: gates().url('stopping') })
    await gates().arrival('stopping')
    const reloaded = stopping.reload('test/alone')
    await stopping.stop(0)
    await reloaded
    assert.deepEqual((await ended).response.result, {
      error: 'The service was stopped before the action ended.',
    })
  })
})

describe('an action that is debugged', () => {
  let debugging: Runtime
  before(() => {
    const actions = readManifest('test/actions/host.yml').map((action) => ({
      ...action,
      ...(action.name === 'test/alone' && { inspector: { address: '127.0.0.1:0', waits: false } }),
    }))
    debugging = openHost('host.yml', { actions })
  })
  after(() => debugging.stop(0))

  const argumentsOf = async (action: string) =>
    resultOf(await runAction(debugging, action, { act: 'arguments' }))['result']

  it("has Node's inspector, and no other action has", async () => {
    assert.match(JSON.stringify(await argumentsOf('alone')), /"--inspect=127\.0\.0\.1:0"/)
    assert.doesNotMatch(JSON.stringify(await argumentsOf('pair')), /--inspect/)
  })

  it('runs in one process, to which the debugger is attached', async () => {
    const pids = await Promise.all(
      Array.from({ length: 4 }, async () => pidOf(await runAction(debugging, 'alone'))),
    )
    assert.equal(new Set(pids).size, 1)
  })
})
