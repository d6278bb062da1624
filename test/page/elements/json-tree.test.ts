import assert from 'node:assert/strict'
import { jsonTree } from '../../../page/elements/json-tree.ts'
import {
  firstUnfolded,
  foldable,
  leaf,
  type TreeNode,
  token,
} from '../../../page/elements/tree-node.ts'

const VALUES: readonly unknown[] = [
  'text "quoted"',
  null,
  [],
  {},
  { a: [1, true, { b: 'c' }], d: {}, '"e"': [] },
]

describe('JSON as a tree', () => {
  for (const value of VALUES) {
    it(`has all of ${JSON.stringify(value)}`, () => {
      assert.deepEqual(JSON.parse(linesOf(jsonTree(value)).join('\n')), value)
    })
  }

  it('has a line for each value', () => {
    assert.deepEqual(linesOf(jsonTree({ a: [1, 2], b: 'c' })), [
      '{',
      '"a": [',
      '1,',
      '2',
      '],',
      '"b": "c"',
      '}',
    ])
  })
})

describe('A tree', () => {
  const wide = {
    line: [token('wide')],
    children: Array.from({ length: 500 }, () => leaf()),
    end: [],
  }
  const small = { line: [token('small')], children: [leaf()], end: [] }
  const root = { line: [], children: [wide, small], end: [] }

  it('unfolds at first what does not take many lines', () => {
    assert.deepEqual(firstUnfolded([root]), new Set<TreeNode>([root, small]))
  })

  it('unfolds nothing in what is folded', () => {
    const hidden = { line: [], children: [leaf()], end: [] }
    const folded = { ...wide, children: [...wide.children, hidden] }
    assert.deepEqual(firstUnfolded([folded]), new Set())
  })

  it('can fold what has something in it', () => {
    assert.deepEqual(foldable([root, leaf()]), [root, wide, small])
  })
})

function linesOf({ line, children, end }: TreeNode): string[] {
  return [textOf(line), ...children.flatMap(linesOf), ...(end.length === 0 ? [] : [textOf(end)])]
}

function textOf(tokens: TreeNode['line']): string {
  return tokens.map(({ text }) => text).join('')
}
