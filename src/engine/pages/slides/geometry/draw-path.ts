import type { PathStep } from '../../drawing/page.ts'
import { GUIDE_UNIT, type Lookup } from './guides.ts'
import { arcSteps } from './path.ts'

/** What a path of formulas does, with as many words behind it as it takes (ECMA-376, part 1, 20.1.9). */
export type Command = readonly [name: 'M' | 'L' | 'A' | 'C' | 'Q' | 'Z', ...words: string[]]

/**
 * Draws a path.
 *
 * @param scale - by how much its places are larger than they say
 */
export function drawPath(
  commands: readonly Command[],
  lookup: Lookup,
  scale: { readonly x: number; readonly y: number } = { x: 1, y: 1 },
): PathStep[] {
  const steps: PathStep[] = []
  let at = { x: 0, y: 0 }
  let first = at
  for (const [name, ...words] of commands) {
    const numbers = words.map(lookup)
    const [x1, y1, x2, y2, x3, y3] = numbers.map(
      (number, index) => (number * (index % 2 === 0 ? scale.x : scale.y)) / GUIDE_UNIT,
    )
    const to = (x = at.x, y = at.y): void => void (at = { x, y })
    if (name !== 'M' && name !== 'Z' && steps.length === 0) steps.push(['M', at.x, at.y])
    switch (name) {
      case 'M':
        to(x1, y1)
        first = at
        steps.push(['M', at.x, at.y])
        break
      case 'L':
        to(x1, y1)
        steps.push(['L', at.x, at.y])
        break
      case 'C':
        to(x3, y3)
        steps.push(['C', x1 ?? 0, y1 ?? 0, x2 ?? 0, y2 ?? 0, at.x, at.y])
        break
      case 'Q': {
        const from = at
        to(x2, y2)
        const [x, y] = [x1 ?? 0, y1 ?? 0]
        steps.push([
          'C',
          third(from.x, x),
          third(from.y, y),
          third(at.x, x),
          third(at.y, y),
          at.x,
          at.y,
        ])
        break
      }
      case 'A': {
        const [, , start = 0, sweep = 0] = numbers
        const arc = arcSteps(at, { x: x1 ?? 0, y: y1 ?? 0 }, start / 60_000, sweep / 60_000)
        steps.push(...arc)
        const last = arc.at(-1)
        if (last?.[0] === 'C') to(last[5], last[6])
        break
      }
      case 'Z':
        at = first
        steps.push(['Z'])
        break
    }
  }
  return steps
}

/** The handle of a curve of the third degree, of one of the second. */
function third(end: number, middle: number): number {
  return end + ((middle - end) * 2) / 3
}
