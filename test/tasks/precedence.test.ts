import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { createPrecedence } from '../../src/tasks/precedence.ts'

describe('precedence', () => {
  let now = 0
  beforeEach(() => {
    now = 0
    mock.timers.enable({ apis: ['setTimeout'] })
  })
  afterEach(() => mock.timers.reset())

  function open() {
    const precedence = createPrecedence(() => now)
    const aside: string[] = []
    return {
      ...precedence,
      aside,
      /** Begins a work of a client; it is called by its client and its number. */
      begin: (client: string, number = 1) =>
        precedence.begin(client, () => void aside.push(`${client}${number}`)),
    }
  }

  /** Lets time go by, and whoever looks then look. */
  async function pass(ms: number): Promise<void> {
    await Promise.resolve()
    for (let passed = 0; passed < ms; passed += 50) {
      now += 50
      mock.timers.tick(50)
    }
  }

  it('lets nobody step aside where there is one client, whatever it has had', async () => {
    const { begin, aside, hasMuch } = open()
    begin('a', 1)
    begin('a', 2)
    await pass(60_000)
    assert.deepEqual(aside, [])
    assert.equal(hasMuch('a'), true)
  })

  it('has the work of who has had much step aside as soon as somebody else has work', async () => {
    const { begin, aside } = open()
    begin('a', 1)
    begin('a', 2)
    await pass(2000)
    begin('b')
    await pass(50)
    assert.deepEqual(aside, ['a1', 'a2'])
  })

  it('is that of those who have come to have much while others have work', async () => {
    const { begin, aside } = open()
    begin('a')
    await pass(800)
    const end = begin('b')
    await pass(50)
    assert.deepEqual(aside, [])
    await pass(600)
    end()
    assert.deepEqual(aside, ['a1'])
  })

  it('is nobody’s among those who have had little, nor among those who have had much', async () => {
    const little = open()
    for (const client of ['a', 'b']) {
      for (let turn = 0; turn < 5; turn += 1) {
        const end = little.begin(client)
        await pass(100)
        end()
      }
    }
    assert.deepEqual(little.aside, [])
    const much = open()
    much.begin('a')
    much.begin('b')
    await pass(60_000)
    assert.deepEqual(much.aside, [])
  })

  it('ends when the other has had as much', async () => {
    const { begin, aside } = open()
    begin('a')
    await pass(2000)
    begin('b')
    await pass(50)
    assert.deepEqual(aside, ['a1'])
    await pass(3000)
    assert.deepEqual(aside, ['a1', 'b1'])
  })

  it('forgets within half a minute', async () => {
    const { begin, hasMuch } = open()
    const end = begin('a')
    await pass(60_000)
    end()
    end()
    await pass(5000)
    assert.equal(hasMuch('a'), true)
    await pass(25_000)
    assert.equal(hasMuch('a'), false)
    await pass(120_000)
    begin('b')()
    assert.equal(hasMuch('a'), false)
  })

  it('counts what ended long ago no more, and many short works as one that is long', async () => {
    const { begin, hasMuch } = open()
    for (let turn = 0; turn < 15; turn += 1) {
      const end = begin('a')
      await pass(100)
      end()
    }
    assert.equal(hasMuch('a'), true)
    for (let turn = 0; turn < 60; turn += 1) {
      const end = begin('b')
      await pass(50)
      end()
      await pass(1950)
    }
    assert.equal(hasMuch('b'), false)
  })
})
