import { leaf, type Token, type TreeNode, token } from './tree-node.ts'

/** An XML document as a tree of lines; undefined when the text is none. */
export function xmlTree(text: string): readonly TreeNode[] | undefined {
  const document = new DOMParser().parseFromString(text, 'application/xml')
  if (document.querySelector('parsererror') !== null) return undefined
  return [...document.childNodes].flatMap(nodesOf)
}

/** What a node of the document becomes; blanks between elements become nothing. */
function nodesOf(node: Node): TreeNode[] {
  if (node instanceof Element) return [elementNode(node)]
  if (node instanceof Comment) return [leaf(token(`<!--${node.data}-->`, 'comment'))]
  if (node instanceof ProcessingInstruction) {
    return [leaf(token(`<?${node.target} ${node.data}?>`, 'comment'))]
  }
  if (node instanceof DocumentType) return [leaf(token(`<!DOCTYPE ${node.name}>`, 'comment'))]
  const text = node.textContent?.trim() ?? ''
  return text === '' ? [] : [leaf(token(text, 'text'))]
}

function elementNode(element: Element): TreeNode {
  const start = [token('<'), token(element.nodeName, 'name'), ...attributesOf(element)]
  const end = [token('</'), token(element.nodeName, 'name'), token('>')]
  const [only, ...others] = element.childNodes
  if (only === undefined) return leaf(...start, token('/>'))
  if (others.length === 0 && only instanceof Text) {
    return leaf(...start, token('>'), token(only.data.trim(), 'text'), ...end)
  }
  const children = [...element.childNodes].flatMap(nodesOf)
  return { line: [...start, token('>')], children, end }
}

function attributesOf(element: Element): Token[] {
  return [...element.attributes].flatMap(({ name, value }) => [
    token(' '),
    token(name, 'key'),
    token('='),
    token(`"${value}"`, 'value'),
  ])
}
