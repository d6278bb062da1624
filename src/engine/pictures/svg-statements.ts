/** A part of a style sheet: what stands before a block and in it, or a declaration without one. */
export interface Statement {
  readonly head: string
  /** Undefined for what ends without a block. */
  readonly body: string | undefined
}

const PIECE =
  /\/\*[^]*?(?:\*\/|$)|"(?:[^"\\]|\\[^])*(?:"|$)|'(?:[^'\\]|\\[^])*(?:'|$)|\\[^]|[{}();[\]]|[^"'\\{}();[\]/]+|\//g

/** Parts a style sheet, or what stands in a block of one, as far as it is sound (CSS Syntax 3, section 5). */
export function readStatements(css: string): Statement[] {
  const found: Statement[] = []
  let head = ''
  let body: string | undefined
  let [braces, brackets] = [0, 0]
  const end = (): void => {
    if (head.trim() !== '' || body !== undefined) found.push({ head: head.trim(), body })
    ;[head, body, braces, brackets] = ['', undefined, 0, 0]
  }
  for (const [piece] of css.matchAll(PIECE)) {
    if (piece.startsWith('/*')) continue
    if (body !== undefined) {
      if (piece === '{') braces += 1
      if (piece === '}') braces -= 1
      if (braces === 0) end()
      else body += piece
      continue
    }
    if (piece === '(' || piece === '[') brackets += 1
    if (piece === ')' || piece === ']') brackets = Math.max(0, brackets - 1)
    if (piece === '{' && brackets === 0) [body, braces] = ['', 1]
    else if ((piece === ';' && brackets === 0) || piece === '}') end()
    else head += piece
  }
  end()
  return found
}

/** A property and what it is declared to be. */
export interface Declaration {
  readonly property: string
  readonly value: string
  readonly isImportant: boolean
}

/** Reads a declaration; undefined when it is none. */
export function readDeclaration({ head, body }: Statement): Declaration | undefined {
  const [, name = '', said = ''] = /^(-*[a-z_][\w-]*|--[^\s:]*)\s*:([^]*)$/i.exec(head) ?? []
  if (name === '' || body !== undefined) return undefined
  const value = said.replace(/\s*!\s*important\s*$/i, '')
  return {
    property: name.startsWith('--') ? name : name.toLowerCase(),
    value: value.trim(),
    isImportant: value.length < said.length,
  }
}
