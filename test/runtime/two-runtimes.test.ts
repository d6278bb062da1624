import assert from 'node:assert/strict'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { isAlive, openHost, pidOf, runAction, useGates } from './host-fixture.ts'

describe('two runtimes in one process, with actions of the same names', () => {
  const { gates } = useGates()
  let one: Runtime
  let other: Runtime
  beforeEach(() => {
    one = openHost()
    other = openHost('host.yml', { namespace: 'second', apiKey: 'user:other' })
  })
  afterEach(() => Promise.all([one.stop(0), other.stop(0)]))

  it('run them in processes of their own', async () => {
    const [first, second] = await Promise.all([runAction(one, 'alone'), runAction(other, 'alone')])
    assert.notEqual(pidOf(first), pidOf(second))
    const processes = (await other.status()).flatMap((action) => action.processes)
    assert.deepEqual(
      processes.map(({ pid }) => pid),
      [pidOf(second)],
    )
  })

  it('keep and tell of their own activations alone', async () => {
    const heard: string[] = []
    other.onActivationBegin(({ activationId }) => heard.push(activationId))
    other.onActivationEnd(({ activationId }) => heard.push(activationId))
    const { activationId } = await runAction(one, 'alone')
    assert.equal(other.activation(activationId), undefined)
    assert.deepEqual(other.activations(), [])
    assert.deepEqual(heard, [])
  })

  it('cancel, count and stop their own activations alone', async () => {
    const pid = pidOf(await runAction(one, 'shared'))
    const under = Array.from({ length: 100 }, () =>
      one.invoke('test/shared', { gate: gates().url('shared') }),
    )
    await gates().arrival('shared')
    assert.throws(() => one.invoke('test/shared', {}), { status: 429 })
    const [{ activationId } = assert.fail()] = under
    assert.equal(await other.cancel(activationId), false)
    assert.equal((await runAction(other, 'shared')).response.success, true)
    await other.reload('test/shared')
    await other.stop(0)
    assert.ok(one.isUnderWay(activationId) && isAlive(pid))
    gates().open('shared')
    for (const { ended } of under) assert.equal((await ended).response.success, true)
  })
})
