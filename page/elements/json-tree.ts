import { leaf, type Token, type TreeNode, token } from './tree-node.ts'

/** A JSON value as a tree of lines. */
export function jsonTree(value: unknown): TreeNode {
  return nodeOf(value, [], '')
}

function nodeOf(value: unknown, before: readonly Token[], after: string): TreeNode {
  if (typeof value !== 'object' || value === null) {
    const kind = typeof value === 'string' ? 'text' : 'value'
    return leaf(...before, token(JSON.stringify(value) ?? 'null', kind), token(after))
  }
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const keys = Array.isArray(value)
    ? value.map((): Token[] => [])
    : Object.keys(value).map((key) => [token(JSON.stringify(key), 'key'), token(': ')])
  const values: unknown[] = Object.values(value)
  if (values.length === 0) return leaf(...before, token(`${open}${close}${after}`))
  return {
    line: [...before, token(`${open}`)],
    children: values.map((each, index) =>
      nodeOf(each, keys[index] ?? [], index === values.length - 1 ? '' : ','),
    ),
    end: [token(`${close}${after}`)],
  }
}
