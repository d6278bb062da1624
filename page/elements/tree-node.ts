/** A piece of a line, and what it is. */
export interface Token {
  readonly text: string
  readonly kind: 'plain' | 'name' | 'key' | 'text' | 'value' | 'comment'
}

/** A line of a tree, and what is folded under it. */
export interface TreeNode {
  readonly line: readonly Token[]
  readonly children: readonly TreeNode[]
  /** What follows the children, such as a closing brace. */
  readonly end: readonly Token[]
}

/** How many lines of a tree are shown at first. */
const FIRST_LINES = 200

/** Makes a token. */
export function token(text: string, kind: Token['kind'] = 'plain'): Token {
  return { text, kind }
}

/** Makes a line that has nothing under it. */
export function leaf(...line: readonly Token[]): TreeNode {
  return { line, children: [], end: [] }
}

/** All nodes that can be folded. */
export function foldable(nodes: readonly TreeNode[]): TreeNode[] {
  return nodes.flatMap((node) =>
    node.children.length === 0 ? [] : [node, ...foldable(node.children)],
  )
}

/** What of a tree is unfolded at first: level by level, as long as it stays clear. */
export function firstUnfolded(roots: readonly TreeNode[]): Set<TreeNode> {
  const unfolded = new Set<TreeNode>()
  let lines = roots.length
  for (let level = roots; level.length > 0; level = level.flatMap(({ children }) => children)) {
    for (const node of level) {
      if (node.children.length === 0 || lines + node.children.length > FIRST_LINES) continue
      lines += node.children.length
      unfolded.add(node)
    }
    // Nothing under what is folded is seen.
    level = level.filter((node) => unfolded.has(node))
  }
  return unfolded
}
