import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BuiltInAction, Sequence } from '../../src/runtime/run/action.ts'
import type { Activation } from '../../src/runtime/run/activation.ts'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { isAlive, linesOf, openHost, pidOf, runAction, useGates } from './host-fixture.ts'

const CANCELLED = {
  status: 'action developer error',
  statusCode: 2,
  success: false,
  result: { error: 'The activation was cancelled.' },
}

/** A second is promised, and takes longer where others have the processor. */
const SOON_MS = 10_000

/** Cancels an activation, which has to end soon. */
async function cancel(host: Runtime, activationId: string): Promise<Activation> {
  const began = performance.now()
  assert.equal(await host.cancel(activationId), true)
  assert.ok(performance.now() - began < SOON_MS)
  const activation = host.activation(activationId)
  assert.ok(activation !== undefined)
  assert.deepEqual(activation.response, CANCELLED)
  assert.ok(!host.isUnderWay(activationId))
  return activation
}

/** Fails unless a process leaves the system soon. */
async function assertGone(pid: number): Promise<void> {
  const tooLong = AbortSignal.timeout(SOON_MS)
  while (isAlive(pid)) {
    assert.ok(!tooLong.aborted, `the process ${pid} is still there`)
    await sleep(5)
  }
}

describe('an activation that is cancelled', () => {
  const cores = availableParallelism()
  const { gates } = useGates()
  let host: Runtime
  let begun: string[]
  let ended: string[]
  let starts: number
  beforeEach(() => {
    begun = []
    ended = []
    starts = 0
    host = openHost('host.yml', {
      environment() {
        starts += 1
        return { PATH: process.env['PATH'] ?? '' }
      },
      deployed: { find: findSequence, runnables: () => [] },
      builtIn: new Map([['/other/endless', endless]]),
    })
    host.onActivationBegin(({ activationId }) => begun.push(activationId))
    host.onActivationEnd(({ activationId }) => ended.push(activationId))
  })
  afterEach(() => host.stop(0))

  /** Starts an activation that goes on when its gate opens, and has arrived there. */
  async function start(action: string, gate: string, params: Record<string, unknown> = {}) {
    const invocation = host.invoke(`test/${action}`, { ...params, gate: gates().url(gate) })
    await gates().arrival(gate)
    return invocation
  }

  it('while it waits for a process never begins, and leaves the others to theirs', async () => {
    const names = Array.from({ length: cores }, (_, index) => `busy-${index}`)
    const running = await Promise.all(names.map((name) => start('alone', name)))
    const first = host.invoke('test/alone', {})
    const second = host.invoke('test/alone', {})
    await cancel(host, first.activationId)
    for (const name of names) gates().open(name)
    for (const one of [...running, second]) assert.equal((await one.ended).response.success, true)
    assert.ok(!begun.includes(first.activationId))
    assert.equal(starts, cores)
  })

  it('while its process loads the action leaves the process to the next one', async () => {
    const first = host.invoke('test/alone', {})
    await cancel(host, first.activationId)
    assert.equal((await runAction(host, 'alone')).response.success, true)
    assert.ok(!begun.includes(first.activationId))
    assert.equal(starts, 1)
  })

  for (const act of ['never', 'spin', 'spawnAndStay']) {
    it(`while it runs takes its process along (${act})`, async () => {
      const pid = pidOf(await runAction(host, 'alone'))
      const prints = [{ stream: 'stdout', text: 'first\n' }]
      const running = await start('alone', act, { act, prints })
      gates().open(act)
      const activation = await cancel(host, running.activationId)
      await assertGone(pid)
      assert.equal(linesOf(activation)[0], 'stdout: first')
      assert.ok(
        activation.annotations.some(({ key, value }) => key === 'timeout' && value === false),
      )
      assert.notEqual(pidOf(await runAction(host, 'alone')), pid)
    })
  }

  it('makes room for what waits', async () => {
    const names = Array.from({ length: cores }, (_, index) => `room-${index}`)
    const running = await Promise.all(names.map((name) => start('alone', name)))
    const waiting = start('alone', 'waiting')
    await cancel(host, running[0]?.activationId ?? '')
    const { ended: last } = await waiting
    for (const name of [...names, 'waiting']) gates().open(name)
    for (const one of running.slice(1)) assert.equal((await one.ended).response.success, true)
    assert.equal((await last).response.success, true)
  })

  it('costs another one in its process nothing, and the process goes after that', async () => {
    const pid = pidOf(await runAction(host, 'pair'))
    const cancelled = await start('pair', 'cancelled')
    const spared = await start('pair', 'spared')
    await cancel(host, cancelled.activationId)
    assert.ok(isAlive(pid))
    assert.notEqual(pidOf(await runAction(host, 'pair')), pid)
    gates().open('spared')
    assert.equal(pidOf(await spared.ended), pid)
    await assertGone(pid)
  })

  it('leaves what its process has not taken up to another process', async () => {
    const cancelled = await start('pair', 'spinning', { act: 'spin' })
    gates().open('spinning')
    const next = host.invoke('test/pair', {})
    await cancel(host, cancelled.activationId)
    assert.equal((await next.ended).response.success, true)
  })

  it('as one of two that still wait for their process costs the other nothing', async () => {
    const cancelled = host.invoke('test/pair', {})
    const other = host.invoke('test/pair', {})
    await cancel(host, cancelled.activationId)
    assert.equal((await other.ended).response.success, true)
    assert.equal((await runAction(host, 'pair')).response.success, true)
    assert.equal(starts, 1)
  })

  it('is recorded and told of once, however often it is cancelled', async () => {
    const { activationId } = await start('alone', 'often')
    const answers = await Promise.all([1, 2, 3].map(() => host.cancel(activationId)))
    assert.deepEqual(answers, [true, true, true])
    await runAction(host, 'alone')
    assert.equal(host.activations().filter((one) => one.activationId === activationId).length, 1)
    assert.equal(begun.filter((id) => id === activationId).length, 1)
    assert.equal(ended.filter((id) => id === activationId).length, 1)
  })

  it('is none when it has ended, or never was', async () => {
    const { activationId, response } = await runAction(host, 'alone')
    assert.equal(await host.cancel(activationId), false)
    assert.equal(host.activation(activationId)?.response, response)
    assert.equal(await host.cancel('0123456789'), false)
  })

  it('of an action that is reloaded lets its old process go', async () => {
    const pid = pidOf(await runAction(host, 'alone'))
    const { activationId } = await start('alone', 'reloaded')
    const reloaded = host.reload('test/alone')
    await cancel(host, activationId)
    await reloaded
    assert.ok(!isAlive(pid))
  })

  it('of a sequence ends the component that runs, and begins no other', async () => {
    const sequence = host.invoke('waiting', { gate: gates().url('component') })
    await gates().arrival('component')
    const record = await cancel(host, sequence.activationId)
    assert.equal(record.logs.length, 1)
    const [component] = record.logs
    assert.deepEqual(host.activation(component ?? '')?.response, CANCELLED)
    assert.equal(ended.length, 2)
  })

  it('as the component of a sequence fails the sequence', async () => {
    const sequence = host.invoke('waiting', { gate: gates().url('part') })
    await gates().arrival('part')
    await cancel(host, begun.at(-1) ?? '')
    assert.deepEqual((await sequence.ended).response, CANCELLED)
    assert.equal(ended.length, 2)
  })

  it('of a sequence ends an action of the platform, too', async () => {
    const sequence = host.invoke('endless', {})
    const record = await cancel(host, sequence.activationId)
    assert.deepEqual(host.activation(record.logs[0] ?? '')?.response, CANCELLED)
  })

  it('between two components of a sequence begins no other', async () => {
    const sequence = host.invoke('adding', { act: 'returnNothing' })
    const cancelled = new Promise<boolean>((resolve) => {
      host.onActivationEnd(({ name }) => {
        if (name === 'alone') resolve(host.cancel(sequence.activationId))
      })
    })
    assert.deepEqual((await sequence.ended).response, CANCELLED)
    assert.equal(await cancelled, true)
    assert.equal(begun.length, 2)
  })

  it('while the service stops is not waited for', async () => {
    const { activationId } = await start('alone', 'stopping')
    const stopped = host.stop(60_000)
    await cancel(host, activationId)
    await stopped
  })
})

const common = {
  version: '0.0.1',
  web: 'no',
  requiresAdobeAuth: false,
  requiresWhiskAuth: false,
  customOptions: false,
  inputs: {},
  final: false,
  limits: { timeout: 60_000, memorySize: 256, concurrency: 1 },
} as const

const endless: BuiltInAction = {
  ...common,
  name: 'endless',
  kind: 'nodejs:24',
  owner: 'other',
  run: () => new Promise(() => undefined),
}

const COMPONENTS: Readonly<Record<string, readonly string[]>> = {
  waiting: ['/_/test/alone', '/_/test/pair'],
  adding: ['/_/test/alone', '/_/test/alone'],
  endless: ['/other/endless', '/_/test/alone'],
}

function findSequence(name: string): Sequence | undefined {
  const components = COMPONENTS[name]
  return components && { ...common, name, kind: 'sequence', components }
}
