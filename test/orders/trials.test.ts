import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { createTrials, MOST_DEATHS, type Trials } from '../../src/orders/trials.ts'

/** Longer than any trial has to wait, in milliseconds. */
const LONG_MS = 60_000

describe('what was under way when the service died', () => {
  let trials: Trials
  const { signal } = new AbortController()

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    trials = createTrials()
    trials.start()
  })
  afterEach(() => {
    trials.close()
    mock.timers.reset()
  })

  /** How many of those may be under way beside each other. */
  function company(deaths: number): number {
    let count = 0
    for (; count < 100 && trials.mayBegin(deaths); count += 1) trials.begin(deaths)
    return count
  }

  const rules: [deaths: number, company: number, afterMs: number][] = [
    [0, 100, 0],
    [1, 4, 0],
    [2, 2, 2000],
    [3, 1, 10_000],
    [MOST_DEATHS, 100, 0],
  ]
  for (const [deaths, most, afterMs] of rules) {
    it(`${deaths} times is tried with ${most} at a time, in a service that lives for ${afterMs} ms`, () => {
      if (afterMs > 0) {
        mock.timers.tick(afterMs - 1)
        assert.equal(trials.mayBegin(deaths), false)
        mock.timers.tick(1)
      }
      assert.equal(company(deaths), most)
    })
  }

  it('is tried no sooner than the service lives', () => {
    assert.equal(createTrials().mayBegin(1), false)
  })

  const pairs: [first: number, second: number, may: boolean][] = [
    [0, 3, true],
    [3, 0, true],
    [1, 2, true],
    [2, 1, true],
    [1, 3, false],
    [3, 1, false],
    [2, 3, false],
    [3, 3, false],
    [MOST_DEATHS, 3, true],
  ]
  for (const [first, second, may] of pairs) {
    it(`${second} times is ${may ? '' : 'not '}tried beside what was so ${first} times`, () => {
      mock.timers.tick(LONG_MS)
      const end = trials.begin(first)
      assert.equal(trials.mayBegin(second), may)
      end()
      assert.equal(trials.mayBegin(second), true)
    })
  }

  it('makes room once, however often its end is told', () => {
    mock.timers.tick(LONG_MS)
    const end = trials.begin(3)
    end()
    trials.begin(3)
    end()
    assert.equal(trials.mayBegin(3), false)
  })

  it('twice is not tried beside two that were so once', () => {
    trials.begin(1)
    const end = trials.begin(1)
    mock.timers.tick(LONG_MS)
    assert.equal(trials.mayBegin(2), false)
    end()
    assert.equal(trials.mayBegin(2), true)
  })

  it('gets its turn when there is room, one after the other', async () => {
    mock.timers.tick(LONG_MS)
    const end = trials.begin(3)
    const begun: number[] = []
    const turns = [1, 2].map(async (each) => {
      const endTurn = await trials.turn(3, signal)
      begun.push(each)
      return endTurn
    })
    end()
    const endFirst = await turns[0]
    assert.deepEqual(begun, [1])
    endFirst?.()
    await turns[1]
    assert.deepEqual(begun, [1, 2])
  })

  it('gets its turn when the service has lived long enough', async () => {
    const turn = trials.turn(3, signal)
    mock.timers.tick(LONG_MS)
    await turn
    assert.equal(trials.mayBegin(3), false)
  })

  it('gets no turn any more when nobody wants it, and keeps none from others', async () => {
    const controller = new AbortController()
    const turn = trials.turn(3, controller.signal)
    controller.abort(new Error('cancelled'))
    await assert.rejects(turn, /cancelled/)
    await assert.rejects(trials.turn(3, controller.signal), /cancelled/)
    mock.timers.tick(LONG_MS)
    assert.equal(trials.mayBegin(3), true)
  })

  it('is told of when there is room for it', () => {
    let told = 0
    trials.onRoom(() => (told += 1))
    mock.timers.tick(LONG_MS)
    assert.equal(told, 2)
    trials.begin(3)()
    assert.equal(told, 3)
    trials.begin(0)()
    assert.equal(told, 3)
  })

  it('has to wait for nothing when the service has closed', () => {
    let told = 0
    trials.onRoom(() => (told += 1))
    trials.close()
    mock.timers.tick(LONG_MS)
    assert.equal(told, 0)
  })
})
