import { attributeOf, childrenOf, type Element } from '../../element.ts'
import { toNumber } from '../measures.ts'
import type { PathSpace } from './path-writer.ts'

/** More formulas than a shape has, letters than one has, and formulas that one leads to. */
const MOST_FORMULAS = 2000
const LONGEST = 1000
const DEEPEST = 100

/** All that is worked out of one shape. */
const MOST_STEPS = 200_000

/** What a parameter of a path is worth, such as `?f3`, `$0` or a number. */
export type Evaluate = (word: string) => number

type Words = readonly string[]

const WORD = /[?$]?[a-z_][\w.]*|[?$]\d+|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+|[-+*/(),]/gi

/** Reads the formulas of a shape (OpenDocument 1.3, part 3, 19.171). Whatever is wrong with one is 0. */
export function createFormulas(
  geometry: Element,
  space: PathSpace,
  size: { readonly width: number; readonly height: number },
): Evaluate {
  const modifiers = (attributeOf(geometry, 'modifiers') ?? '')
    .trim()
    .split(/[\s,]+/)
    .slice(0, MOST_FORMULAS)
    .map((word) => toNumber(word) ?? 0)
  const formulas = new Map(
    childrenOf(geometry, 'equation')
      .slice(0, MOST_FORMULAS)
      .map((each) => [
        attributeOf(each, 'name') ?? '',
        (attributeOf(each, 'formula') ?? '').slice(0, LONGEST),
      ]),
  )
  const values = new Map<string, number>()
  const constants: Readonly<Record<string, number>> = {
    pi: Math.PI,
    left: space.left,
    top: space.top,
    right: space.left + space.width,
    bottom: space.top + space.height,
    xstretch: space.left,
    ystretch: space.top,
    hasstroke: 1,
    hasfill: 1,
    width: space.width,
    height: space.height,
    // In hundredths of a millimetre.
    logwidth: (size.width / 72) * 2540,
    logheight: (size.height / 72) * 2540,
  }
  let steps = 0

  function named(name: string, level: number): number {
    const known = values.get(name)
    if (known !== undefined) return known
    // One that leads back to itself is 0.
    values.set(name, 0)
    const formula = formulas.get(name)
    const value = formula === undefined ? 0 : evaluate(formula.match(WORD) ?? [], level + 1)
    values.set(name, value)
    return value
  }

  function single(word: string, level: number): number {
    if (word.startsWith('?')) return level > DEEPEST ? 0 : named(word.slice(1), level)
    if (word.startsWith('$')) return modifiers[Number(word.slice(1))] ?? 0
    const lower = word.toLowerCase()
    return Object.hasOwn(constants, lower) ? (constants[lower] ?? 0) : (toNumber(word) ?? 0)
  }

  function evaluate(words: Words, level: number): number {
    let at = 0

    function primary(depth: number): number {
      steps += 1
      const word = words[at] ?? ''
      if (steps > MOST_STEPS || depth > DEEPEST || word === '') {
        at = words.length
        return 0
      }
      at += 1
      if (word === '-') return -primary(depth + 1)
      if (word === '+') return primary(depth + 1)
      if (word === '(') {
        const value = sum(depth + 1)
        if (words[at] === ')') at += 1
        return value
      }
      if (words[at] === '(' && /^[a-z]/i.test(word)) {
        at += 1
        const given = [sum(depth + 1)]
        while (words[at] === ',') {
          at += 1
          given.push(sum(depth + 1))
        }
        if (words[at] === ')') at += 1
        return called(word.toLowerCase(), given)
      }
      return single(word, level)
    }

    function product(depth: number): number {
      let value = primary(depth)
      while (words[at] === '*' || words[at] === '/') {
        const isTimes = words[at] === '*'
        at += 1
        const other = primary(depth)
        value = isTimes ? value * other : other === 0 ? 0 : value / other
      }
      return value
    }

    function sum(depth: number): number {
      let value = product(depth)
      while (words[at] === '+' || words[at] === '-') {
        const isMore = words[at] === '+'
        at += 1
        const other = product(depth)
        value = isMore ? value + other : value - other
      }
      return value
    }

    const value = sum(0)
    return Number.isFinite(value) ? value : 0
  }

  return (word) => {
    const value = single(word, 0)
    return Number.isFinite(value) ? value : 0
  }
}

function called(name: string, [a = 0, b = 0, c = 0]: readonly number[]): number {
  switch (name) {
    case 'abs':
      return Math.abs(a)
    case 'sqrt':
      return Math.sqrt(Math.max(0, a))
    case 'sin':
      return Math.sin(a)
    case 'cos':
      return Math.cos(a)
    case 'tan':
      return Math.tan(a)
    case 'atan':
      return Math.atan(a)
    case 'atan2':
      return Math.atan2(a, b)
    case 'min':
      return Math.min(a, b)
    case 'max':
      return Math.max(a, b)
    case 'if':
      return a > 0 ? b : c
    default:
      return 0
  }
}
