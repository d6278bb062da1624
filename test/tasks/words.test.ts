import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { createWords, type NextWord } from '../../src/tasks/words.ts'

describe('words', () => {
  const never = new AbortController().signal
  let told: string

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    told = ''
  })
  afterEach(() => mock.timers.reset())

  function note(name: string, word: NextWord, ms = 60_000): Promise<void> {
    return word.within(ms).then(() => {
      told += name
    })
  }

  it('reach all who listen for them, and nobody else', async () => {
    const { listen, say } = createWords()
    const all = [note('a', listen('a', never)), note('a', listen('a', never))]
    const other = new AbortController()
    const last = note('b', listen('b', other.signal))
    say('a')
    await Promise.all(all)
    assert.equal(told, 'aa')
    other.abort()
    await last
    assert.equal(told, 'aab')
  })

  it('are not missed by who has listened before, and looks for something first', async () => {
    const { listen, say } = createWords()
    const word = listen('a', never)
    say('a')
    await note('a', word)
    assert.equal(told, 'a')
  })

  it('reach everybody when it is not known what they are about', async () => {
    const { listen, say } = createWords()
    const all = ['a', 'b'].map((name) => note(name, listen(name, never)))
    say(undefined)
    await Promise.all(all)
    assert.equal(told, 'ab')
  })

  it('are waited for no longer than is said, and not at all when it is too late', async () => {
    const { listen } = createWords()
    const late = note('a', listen('a', never), 1000)
    mock.timers.tick(999)
    assert.equal(told, '')
    mock.timers.tick(1)
    await late
    await note('b', listen('a', AbortSignal.abort()))
    const none = note('c', listen('a', never), -1)
    mock.timers.tick(1)
    await none
    const left = listen('a', never)
    left.leave()
    await note('d', left)
    assert.equal(told, 'abcd')
  })
})
