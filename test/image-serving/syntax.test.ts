import assert from 'node:assert/strict'
import { decodeValue } from '../../src/image-serving/syntax/decode-value.ts'
import {
  expandMacros,
  expandVariables,
  substitute,
} from '../../src/image-serving/syntax/expand-commands.ts'
import { splitCommands } from '../../src/image-serving/syntax/split-commands.ts'

const MACROS: Readonly<Record<string, string>> = {
  view: 'wid=240&fmt=jpeg&qlt=85',
  large: '$view$&wid=800',
  endless: 'wid=1&$endless$',
  many: Array.from({ length: 1001 }, () => 'wid=1').join('&'),
}

const findMacro = (name: string) => MACROS[name.toLowerCase()]

/** The commands of a query with its macros and variables put in, as they would be written. */
function expand(query: string): string {
  const { commands } = expandVariables(expandMacros(query, findMacro), new Map())
  return commands
    .map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))
    .join('&')
}

describe('the commands of a request', () => {
  for (const [query, ...names] of [
    ['wid=1&hei=2', 'wid', 'hei'],
    ['&&wid=1&', 'wid'],
    ['wid=1&.comment=3&hei=2', 'wid', 'hei'],
    ['src=is(a?wid=1&hei=2)&hei=3', 'src', 'hei'],
    ['src=is{a?wid=1&src=is(b?x=1&y=2)}&hei=3', 'src', 'hei'],
    ['text=a(b&hei=3', 'text', 'hei'],
    ['text=a)b&hei=3', 'text', 'hei'],
    ['text={a(b}&hei=3', 'text', 'hei'],
    ['text=a=b&hei=3', 'text', 'hei'],
  ] as const) {
    it(`are ${names.join(' and ')} in ${query}`, () => {
      const commands = splitCommands(query).filter((piece) => piece.kind === 'command')
      assert.deepEqual(
        commands.map(({ name }) => name),
        names,
      )
    })
  }

  it('are split in time however many brackets are open', () => {
    assert.equal(splitCommands(`text=${'('.repeat(50_000)}&wid=1`).length, 2)
  })

  for (const [query, expected] of [
    ['$view$&wid=480', 'wid=240&fmt=jpeg&qlt=85&wid=480'],
    ['wid=480&$VIEW$', 'wid=480&wid=240&fmt=jpeg&qlt=85'],
    ['effect=-1&$Glow$', 'effect=-1&color=255,255,190,191&op_blur=5'],
    ['$large$', 'wid=240&fmt=jpeg&qlt=85&wid=800'],
    ['$var2=apple&$var1=my$var2$tree&text=$var1$', 'text=my$var2$tree'],
    ['text=$a$&$a=1', 'text=$a$'],
    ['$a=1&text=$A$$a$', 'text=11'],
    ['$b=1&text=$a$b$', 'text=$a1'],
    ['$a=1&layer=$a$&effect=$a$', 'layer=$a$&effect=$a$'],
    ['src=my$image$file.tif', 'src=my$image$file.tif'],
    ['$a=x%26y&src=is(b?text=$a$&wid=1)', 'src=is(b?text=x%26y&wid=1)'],
  ] as const) {
    it(`are ${expected} when ${query} is expanded`, () => {
      assert.equal(expand(query), expected)
    })
  }

  for (const [query, sentence] of [
    ['$nobody$', /^There is no preset or macro called nobody\.$/],
    ['$endless$', /^Macros are nested more than 8 deep at endless\.$/],
    ['$many$', /^A request may have 1000 commands/],
  ] as const) {
    it(`are refused in ${query}`, () => {
      assert.throws(() => expand(query), { name: 'RequestError', message: sentence })
    })
  }

  it('are refused when variables make a value endless', () => {
    const variables = new Map([['a', 'x'.repeat(1000)]])
    assert.throws(() => substitute('$a$'.repeat(100), variables), { name: 'RequestError' })
  })
})

describe('a value of a request', () => {
  for (const [written, value] of [
    ['a+b', 'a b'],
    ['a%2Bb', 'a+b'],
    ['%C3%A9', 'é'],
    ['%E9', 'é'],
    ['100%', '100%'],
    ['%zz', '%zz'],
    ['%26%3D', '&='],
  ] as const) {
    it(`is ${value} when it is written ${written}`, () => {
      assert.equal(decodeValue(written), value)
    })
  }
})
