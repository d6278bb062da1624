import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import type { RunLook } from './run-look.ts'

/** A piece of an equation as a line: a sign, or an element that is read at its place. */
export type EquationPiece =
  | string
  | { readonly element: Element; readonly position?: RunLook['position'] }

/**
 * Writes a part of an equation as one line (ECMA-376, part 1, 22.1): fractions with a stroke, roots with their sign, and indices
 * lowered and raised.
 *
 * @returns undefined for an element that is none, or only holds others
 */
export function equationPieces(element: Element): readonly EquationPiece[] | undefined {
  return FORMS.get(element.name)?.(element)
}

type Form = (element: Element) => readonly EquationPiece[]

const FORMS: ReadonlyMap<string, Form> = new Map(
  Object.entries<Form>({
    f: (fraction) => [...grouped(fraction, 'num'), '/', ...grouped(fraction, 'den')],
    rad: (root) => [...raised(root, 'deg'), '√', ...grouped(root, 'e')],
    sSup: (power) => [...plain(power, 'e'), ...raised(power, 'sup')],
    sSub: (index) => [...plain(index, 'e'), ...lowered(index, 'sub')],
    sSubSup: (both) => [...plain(both, 'e'), ...lowered(both, 'sub'), ...raised(both, 'sup')],
    sPre: (both) => [...lowered(both, 'sub'), ...raised(both, 'sup'), ...plain(both, 'e')],
    limLow: (limit) => [...plain(limit, 'e'), ...lowered(limit, 'lim')],
    limUpp: (limit) => [...plain(limit, 'e'), ...raised(limit, 'lim')],
    func: (named) => [...plain(named, 'fName'), ' ', ...plain(named, 'e')],
    nary: (sum) => [
      signOf(sum, 'naryPr', 'chr', '∫'),
      ...lowered(sum, 'sub'),
      ...raised(sum, 'sup'),
      ...plain(sum, 'e'),
    ],
    d: (brackets) => [
      signOf(brackets, 'dPr', 'begChr', '('),
      ...joined(childrenOf(brackets, 'e'), signOf(brackets, 'dPr', 'sepChr', '|')),
      signOf(brackets, 'dPr', 'endChr', ')'),
    ],
    eqArr: (lines) => joined(childrenOf(lines, 'e'), '; '),
    m: (matrix) => joined(childrenOf(matrix, 'mr'), '; '),
    mr: (row) => joined(childrenOf(row, 'e'), ', '),
  }),
)

function plain(element: Element, name: string): readonly EquationPiece[] {
  return childrenOf(element, name).map((child) => ({ element: child }))
}

function raised(element: Element, name: string): readonly EquationPiece[] {
  return childrenOf(element, name).map((child) => ({ element: child, position: 'superscript' }))
}

function lowered(element: Element, name: string): readonly EquationPiece[] {
  return childrenOf(element, name).map((child) => ({ element: child, position: 'subscript' }))
}

/** What is more than one sign is in brackets. */
function grouped(element: Element, name: string): readonly EquationPiece[] {
  const pieces = plain(element, name)
  return pieces.some((piece) => typeof piece !== 'string' && !isSingle(piece.element))
    ? ['(', ...pieces, ')']
    : pieces
}

/** Whether there is one run in it, of one number or one letter. */
function isSingle(element: Element): boolean {
  const parts = element.children.filter(({ name }) => !name.endsWith('Pr'))
  const text = childOf(parts[0], 't')?.text ?? ''
  return parts.length <= 1 && /^(\d+|.?)$/u.test(text.trim()) && (text !== '' || parts.length === 0)
}

function joined(elements: readonly Element[], between: string): readonly EquationPiece[] {
  return elements.flatMap((element, index) =>
    index === 0 ? [{ element }] : [between, { element }],
  )
}

/** The sign that the properties of an element name; none where they name none, and the usual one where they say nothing. */
function signOf(element: Element, properties: string, name: string, usual: string): string {
  const sign = childOf(childOf(element, properties), name)
  return sign === undefined ? usual : (attributeOf(sign, 'val') ?? '')
}
