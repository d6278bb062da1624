import { type Command, drawPath } from './draw-path.ts'
import { createLookup, GUIDE_UNIT, type Guide, type Lookup } from './guides.ts'
import { boxGeometry, type Geometry, type ShapePath } from './path.ts'
import { PRESET_SHAPES, type PresetShape } from './preset-shapes.ts'

const SHADES: readonly (readonly [word: string, by: number])[] = [
  ['lighten', 0.25],
  ['darken', -0.25],
]

/**
 * Draws a shape of a name in a box of a size in points.
 *
 * @param adjusted - guides that the document says for it
 */
export function presetGeometry(
  name: string,
  width: number,
  height: number,
  adjusted: readonly Guide[],
): Geometry {
  const shape = PRESET_SHAPES.get(name)
  if (shape === undefined) return boxGeometry(width, height)
  const { lookup, define } = createLookup(width, height)
  for (const guide of [...toGuides(shape.adjust), ...adjusted, ...toGuides(shape.guides)])
    define(guide)
  return {
    paths: shape.paths.map((path) => toPath(path, lookup)),
    text: textBoxOf(shape, lookup, { width, height }),
  }
}

function toGuides(formulas = ''): Guide[] {
  return formulas.split(';').flatMap((formula): Guide[] => {
    const [name = '', ...words] = formula.trim().split(' ')
    return name === '' ? [] : [[name, words.join(' ')]]
  })
}

function textBoxOf(
  { text }: PresetShape,
  lookup: Lookup,
  { width, height }: { readonly width: number; readonly height: number },
): Geometry['text'] {
  const [left = 0, top = 0, right = width, bottom = height] =
    text?.split(' ').map((word) => lookup(word) / GUIDE_UNIT) ?? []
  return { left, top, right, bottom }
}

function toPath(written: string, lookup: Lookup): ShapePath {
  const [places = '', look = ''] = written.split(':')
  return {
    steps: drawPath(toCommands(places), (word) => place(word, lookup)),
    fill: look.includes('none') ? 'none' : (SHADES.find(([word]) => look.includes(word))?.[1] ?? 0),
    isStroked: !look.includes('no outline'),
  }
}

function toCommands(places: string): Command[] {
  const commands: [Command[0], ...string[]][] = []
  for (const word of places.match(/\([^)]*\)|\S+/g) ?? []) {
    const name = commandNamed(word)
    if (name === undefined) commands.at(-1)?.push(word)
    else commands.push([name])
  }
  return commands
}

function commandNamed(name: string): Command[0] | undefined {
  switch (name) {
    case 'M':
    case 'L':
    case 'A':
    case 'C':
    case 'Q':
    case 'Z':
      return name
    default:
      return undefined
  }
}

/** What a word stands for: a guide, a number, or in brackets a place, a length and a share of that in hundred-thousandths. */
function place(word: string, lookup: Lookup): number {
  if (!word.startsWith('(')) return lookup(word)
  const [from = 'l', length = 'l', share = '0'] = word.slice(1, -1).split(' ')
  return lookup(from) + (lookup(length) * Number(share)) / 100_000
}
