import assert from 'node:assert/strict'
import { splitArguments } from '../../src/base/split-arguments.ts'

describe('a line of arguments', () => {
  const lines: [string, string[] | undefined][] = [
    ['', []],
    ['  \n\t ', []],
    ['-i /input/a/b.mp4 -c copy', ['-i', '/input/a/b.mp4', '-c', 'copy']],
    ['"a b" \'c d\' e\\ f', ['a b', 'c d', 'e f']],
    ['-vf "scale=1:2, pad=\'3\'"', ['-vf', "scale=1:2, pad='3'"]],
    ['one"two"\'three\'four', ['onetwothreefour']],
    ['"" \'\' x', ['', '', 'x']],
    ['"a \\" b" "c\\d" \'e\\f\'', ['a " b', 'c\\d', 'e\\f']],
    ['straße "中 文"', ['straße', '中 文']],
    // Nothing of what a shell does with these happens.
    [
      '$HOME $(id) `id` ; | & > /x < /y * ~ # {a,b} !1',
      ['$HOME', '$(id)', '`id`', ';', '|', '&', '>', '/x', '<', '/y', '*', '~', '#', '{a,b}', '!1'],
    ],
    ['"no end', undefined],
    ["it's", undefined],
    ['a\\', undefined],
    ['"a\\"', undefined],
  ]
  for (const [line, expected] of lines) {
    it(`is ${expected === undefined ? 'none' : JSON.stringify(expected)} for ${JSON.stringify(line)}`, () =>
      assert.deepEqual(splitArguments(line), expected))
  }

  it('takes no longer than it is', () => {
    const started = performance.now()
    splitArguments(`"${'\\a'.repeat(200_000)}`)
    splitArguments(`${'a'.repeat(400_000)}'`)
    assert.ok(performance.now() - started < 2000)
  })
})
