import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { TELLS_DESCENT } from '../../src/programs/process-session.ts'
import {
  isAlive,
  isGone,
  linesOf,
  pidOf,
  resultOf,
  runAction,
  useGates,
  useHost,
} from './host-fixture.ts'

const printed = {
  prints: [
    { stream: 'stdout', text: 'first\n' },
    { stream: 'stderr', text: 'cut o' },
  ],
}
const EXITED = 'The action did not produce a valid response and exited unexpectedly.'
const TOO_LONG = 'The action exceeded its time limits of 2000 milliseconds.'
const TOO_LARGE = 'The action exhausted its memory and was aborted (limit: 128 MB).'

describe('an activation that has to be killed', function () {
  this.slow(6000)
  const { host } = useHost()
  const { gates } = useGates()

  const ends: [what: string, action: string, act: string, message: string][] = [
    ['is over its time', 'short', 'never', TOO_LONG],
    ['is over its time and never pauses', 'short', 'spin', TOO_LONG],
    ['holds too much in native memory', 'small', 'fillBuffers', TOO_LARGE],
    ['exits its process', 'alone', 'exit', EXITED],
    ['throws where nobody can catch it', 'alone', 'throwLater', EXITED],
    ['rejects where nobody listens', 'alone', 'rejectUnheard', EXITED],
    ['is over its time and has started a program', 'short', 'spawnAndStay', TOO_LONG],
    ['exits its process and has started a program', 'alone', 'spawnAndExit', EXITED],
  ]
  for (const [what, action, act, message] of ends) {
    it(`fails with its logs when it ${what}, and the next one works`, async () => {
      const activation = await runAction(host(), action, { act, ...printed })
      assert.deepEqual(activation.response, {
        status: 'action developer error',
        statusCode: 2,
        success: false,
        result: { error: message },
      })
      const lines = linesOf(activation)
      assert.ok(lines.includes('stdout: first'), lines.join('\n'))
      assert.ok(
        lines.some((line) => line.startsWith('stderr: cut o')),
        lines.join('\n'),
      )
      assert.equal((await runAction(host(), action)).response.success, true)
    })
  }

  it('fails with its logs when it fills the heap of JavaScript, and the next one works', async () => {
    const activation = await runAction(host(), 'small', { act: 'fillHeap', ...printed })
    // Whoever notices first: the host, or V8 itself.
    assert.match(String(resultOf(activation)['error']), /exhausted its memory|exited unexpectedly/)
    assert.equal(activation.response.status, 'action developer error')
    assert.ok(linesOf(activation).includes('stdout: first'))
    assert.equal((await runAction(host(), 'small')).response.success, true)
  })

  it('says in its log what nobody caught', async () => {
    const activation = await runAction(host(), 'alone', { act: 'throwLater' })
    assert.ok(linesOf(activation).includes('stderr: Error: thrown in a timer'))
  })

  for (const act of ['spawnAndExit', 'spawnAndStay']) {
    it(`takes along the programs that it has started (${act})`, async () => {
      const activation = await runAction(host(), 'short', { act })
      const line = linesOf(activation).find((text) => text.includes('grandchild')) ?? ''
      const pid = Number(line.replace(/\D+/, ''))
      assert.ok(pid > 0, line)
      // A killed process closes its output a moment before it is gone.
      while (!isGone(pid)) await nextTurn()
    })
  }

  it('ends although a program that has left its group holds its output open', async () => {
    const activation = await runAction(host(), 'short', { act: 'spawnApart' })
    const line = linesOf(activation).find((text) => text.includes('grandchild')) ?? ''
    const pid = Number(line.replace(/\D+/, ''))
    // Elsewhere nobody tells whose it is.
    if (!TELLS_DESCENT) process.kill(pid, 'SIGKILL')
    assert.deepEqual(activation.response.result, { error: TOO_LONG })
    while (!isGone(pid)) await nextTurn()
  })

  it('is killed from outside, and costs no other process anything', async () => {
    const pid = pidOf(await runAction(host(), 'alone'))
    const killed = host().invoke('test/alone', { gate: gates().url('killed') })
    await gates().arrival('killed')
    const spared = host().invoke('test/alone', { gate: gates().url('spared') })
    await gates().arrival('spared')
    process.kill(pid, 'SIGKILL')
    assert.deepEqual((await killed.ended).response.result, { error: EXITED })
    gates().open('spared')
    assert.equal((await spared.ended).response.success, true)
    assert.notEqual(pidOf(await spared.ended), pid)
    assert.ok(!isAlive(pid))
  })

  it('is named to the other activations of its process as the cause of their end', async () => {
    const bystander = host().invoke('test/shared-short', { gate: gates().url('bystander') })
    await gates().arrival('bystander')
    const other = host().invoke('test/shared-short', { gate: gates().url('other') })
    const errors = await Promise.all([bystander.ended, other.ended])
    assert.deepEqual(
      errors.map(({ response }) => response.result),
      [
        { error: TOO_LONG },
        { error: `Another activation in the same process ended it: ${TOO_LONG}` },
      ],
    )
  })

  it('does not take along an activation that its process never took up', async () => {
    const begun: { activationId: string; start: number }[] = []
    host().onActivationBegin((one) => begun.push(one))
    const blocking = host().invoke('test/shared-short', {
      act: 'spin',
      gate: gates().url('spinning'),
    })
    await gates().arrival('spinning')
    gates().open('spinning')
    const next = host().invoke('test/shared-short', {})
    assert.deepEqual((await blocking.ended).response.result, { error: TOO_LONG })
    const { activationId, response, start } = await next.ended
    assert.equal(response.success, true)
    assert.deepEqual(
      begun.filter((one) => one.activationId === activationId),
      [{ activationId, name: 'test/shared-short', start }],
    )
  })
})
