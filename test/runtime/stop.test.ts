import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import * as z from 'zod/mini'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { isAlive, isGone, openHost, pidOf, runAction, useGates } from './host-fixture.ts'

const STOPPED = { error: 'The service was stopped before the action ended.' }

describe('a host that is stopped', () => {
  const { gates } = useGates()
  let host: Runtime
  beforeEach(() => {
    host = openHost()
  })
  afterEach(() => host.stop(0))

  it('lets what runs and waits end, and leaves no process', async () => {
    const pids = [pidOf(await runAction(host, 'alone')), pidOf(await runAction(host, 'shared'))]
    const under = Array.from({ length: availableParallelism() + 1 }, () =>
      host.invoke('test/alone', { gate: gates().url('ending') }),
    )
    await gates().arrival('ending')
    const stopped = host.stop(60_000)
    gates().open('ending')
    await stopped
    for (const { activationId } of under) {
      assert.equal(host.activation(activationId)?.response.success, true)
    }
    assert.deepEqual(pids.filter(isAlive), [])
  })

  it('kills what is left after the time of grace, and fails it and what waits for it', async () => {
    const pids = [pidOf(await runAction(host, 'alone')), pidOf(await runAction(host, 'shared'))]
    const under = Array.from({ length: availableParallelism() + 2 }, () =>
      host.invoke('test/alone', { act: 'never', gate: gates().url('never') }),
    )
    const shared = host.invoke('test/shared', { gate: gates().url('never') })
    await gates().arrival('never')
    await host.stop(0)
    for (const { activationId } of [...under, shared]) {
      assert.deepEqual(host.activation(activationId)?.response.result, STOPPED)
      assert.ok(!host.isUnderWay(activationId))
    }
    assert.deepEqual(pids.filter(isAlive), [])
  })

  it('fails what it was just asked for, and kills processes that have not even loaded', async () => {
    const { ended } = host.invoke('test/alone', {})
    host.invoke('test/stuck', {})
    await host.stop(0)
    assert.deepEqual((await ended).response.result, STOPPED)
  })

  it('takes nothing new', async () => {
    const { ended } = host.invoke('test/alone', { gate: gates().url('last') })
    const stopped = host.stop(60_000)
    assert.throws(() => host.invoke('test/alone', {}), {
      status: 503,
      message: 'The service is stopping.',
    })
    gates().open('last')
    await stopped
    assert.equal((await ended).response.success, true)
  })

  it('starts no process any more', async () => {
    let starts = 0
    const late = openHost('host.yml', {
      environment() {
        starts += 1
        return {}
      },
    })
    await late.stop(0)
    late.warm('test/alone')
    await late.stop(0)
    assert.equal(starts, 0)
  })

  it('stops once, however often it is asked', async () => {
    await runAction(host, 'alone')
    const stopped = host.stop(0)
    assert.equal(host.stop(60_000), stopped)
    await stopped
    await host.stop(0)
  })
})

describe('a host whose process is killed', () => {
  it('leaves no process of an action behind', async () => {
    const host = spawn(process.execPath, ['test/runtime/orphan-host.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line]: unknown[] = await once(createInterface({ input: host.stdout }), 'line')
    const { idle, busy } = z
      .object({ idle: z.number(), busy: z.number() })
      .parse(JSON.parse(String(line)))
    assert.ok(isAlive(idle) && isAlive(busy))
    host.kill('SIGKILL')
    await once(host, 'close')
    // Nobody is told of their end; should it not come, the test runs out of time.
    while (!isGone(idle) || !isGone(busy)) await nextTurn()
  })
})
