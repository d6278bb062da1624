import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { runInNewContext } from 'node:vm'
import {
  Expression,
  escapeHereDocument,
  PHP_NOTATION,
  PYTHON_NOTATION,
  printValue,
  quoteBash,
  quoteJs,
  quoteJsKey,
} from '../../../page/copy-as/literals.ts'

const TEXTS = [
  '',
  'plain.png',
  "it's",
  'say "cheese"',
  `both ' and "`,
  '\\',
  '\\"',
  "\\'",
  '$HOME `id` $(id) ${x}',
  'two\nlines\tand\r\u0001\u007F',
  'grün 🦊 \u2028',
  '!history',
  '-n',
]

const JS = { text: quoteJs, key: quoteJsKey, padding: ' ', trailingComma: true } as const

describe('literals of snippets', () => {
  for (const text of TEXTS) {
    it(`writes ${JSON.stringify(text)} so that JavaScript reads it`, () => {
      assert.equal(evaluate(quoteJs(text)), text)
      const [key] = Object.keys(Object(evaluate(`{ ${quoteJsKey(text)}: 1 }`)))
      assert.equal(key, text)
    })

    it(`writes ${JSON.stringify(text)} so that bash reads it`, () => {
      assert.equal(bash(`printf %s ${quoteBash(text)}`), text)
    })

    it(`writes ${JSON.stringify(text)} so that a here-document has it`, () => {
      const line = text.replaceAll('\n', ' ')
      assert.equal(bash(`cat <<X\n${escapeHereDocument(line)}\nX`), `${line}\n`)
    })
  }

  it('writes values as other languages have them', () => {
    const value = { a: [true, null, {}], "it's": 'say \\ "x"' }
    assert.equal(
      printValue(value, PYTHON_NOTATION),
      `{'a': [True, None, {}], "it's": 'say \\\\ "x"'}`,
    )
    assert.equal(
      printValue(value, PHP_NOTATION),
      String.raw`['a' => [true, null, new stdClass()], 'it\'s' => 'say \\ "x"']`,
    )
  })

  it('writes a key that would be the prototype as a key', () => {
    const value = evaluate(printValue(JSON.parse('{"__proto__": {"a": 1}}'), JS))
    assert.deepEqual(Object.keys(Object(value)), ['__proto__'])
  })

  it('writes short values on one line', () => {
    const value = { name: 'a.png', box: [1, 2, null], url: new Expression('source') }
    assert.equal(printValue(value, JS), "{ name: 'a.png', box: [1, 2, null], url: source }")
  })

  it('breaks what is too long for a line', () => {
    const long = 'x'.repeat(60)
    assert.equal(
      printValue([{ a: long, b: [], c: { d: long } }], JS),
      `[\n  {\n    a: '${long}',\n    b: [],\n    c: { d: '${long}' },\n  },\n]`,
    )
  })
})

function evaluate(expression: string): unknown {
  return runInNewContext(`(${expression})`)
}

function bash(script: string): string {
  return execFileSync('bash', ['-s'], { input: script, encoding: 'utf8' })
}
