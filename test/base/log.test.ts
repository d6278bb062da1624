import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import { createLog, formatJson, formatText, type LogLine, runAbout } from '../../src/base/log.ts'

const NOW = Date.UTC(2026, 0, 1)
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl'

describe('the log', () => {
  let lines: LogLine[]
  const log = createLog((line) => lines.push(line))
  beforeEach(() => {
    lines = []
  })
  const texts = () => lines.map(formatText)
  const objects = () => lines.map((line): unknown => JSON.parse(formatJson(line, NOW)))

  it('is one JSON object a line for programs: time, level, message, and what it is about', () => {
    log.warn('two\nlines', { requestId: 'r', door: 'jobs', order: 7, activationId: 'a' })
    log.info('no more')
    assert.deepEqual(
      lines.map((line) => formatJson(line, NOW).split('\n').length),
      [1, 1],
    )
    const time = '2026-01-01T00:00:00.000Z'
    const about = { requestId: 'r', door: 'jobs', order: 7, activationId: 'a' }
    assert.deepEqual(objects(), [
      { time, level: 'warn', message: 'two\nlines', ...about },
      { time, level: 'info', message: 'no more' },
    ])
  })

  it('puts the request that was named before the message for people', () => {
    log.error('it broke', { requestId: 'r', door: 'jobs' })
    runAbout({ requestId: 'r' }, () => log.error('it broke'))
    assert.deepEqual(texts(), ['r: it broke', 'it broke'])
  })

  for (const [what, said, told] of [
    ['a line of its own', 'a\n2026 [darkroom] info: b', 'a\n    2026 [darkroom] info: b'],
    ['the start of the line again', 'a\rb', String.raw`a\u{d}b`],
    ['colours and cleared screens', '\u001b[2Ja\u009bm', String.raw`\u{1b}[2Ja\u{9b}m`],
    ['a text that runs backwards', '\u202egnp.exe', String.raw`\u{202e}gnp.exe`],
    ['lines that only some programs see', 'a\u2028b\u0085c', String.raw`a\u{2028}b\u{85}c`],
    ['half a character', '\ud800', String.raw`\u{d800}`],
    ['a tab and letters of any language', 'ä\tж 漢 😀', 'ä\tж 漢 😀'],
  ] as const) {
    it(`shows people what a stranger has put there, and does not do it: ${what}`, () => {
      log.warn(said)
      assert.deepEqual(texts(), [told])
    })
  }

  it('knows what work it comes from, however long that takes', async () => {
    await runAbout({ requestId: 'r', door: 'jobs' }, async () => {
      await turn()
      log.info('a', { door: 'other' })
      await runAbout({ order: 1 }, async () => {
        await turn()
        log.info('b')
      })
      log.info('c')
    })
    log.info('d')
    const found = lines.map(({ message, requestId, door, order }) => [
      message,
      requestId,
      door,
      order,
    ])
    assert.deepEqual(found, [
      ['a', 'r', 'other', undefined],
      ['b', undefined, undefined, 1],
      ['c', 'r', 'jobs', undefined],
      ['d', undefined, undefined, undefined],
    ])
  })

  for (const secret of [TOKEN, 'https://user:hidden@host/a', '/a?signature=hidden']) {
    it(`tells nobody ${secret}`, () => {
      log.error(`failed: ${secret}`)
      assert.doesNotMatch(texts().join(), /hidden|eyJ/)
      assert.doesNotMatch(JSON.stringify(objects()), /hidden|eyJ/)
    })
  }
})
