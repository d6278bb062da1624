import type { CommandLine } from './command-lines.ts'

/** What is said of an effect of a layer. */
export interface EffectBranch {
  /** Below 0 it is behind its layer, above 0 on it. */
  readonly effect: number
  readonly lines: readonly CommandLine[]
}

/** What is said of a layer, or of all together. */
export interface LayerBranch {
  /** Undefined for all together. */
  readonly layer: number | undefined
  /** The name that the request gives it. */
  readonly name: string | undefined
  readonly lines: readonly CommandLine[]
  readonly effects: readonly EffectBranch[]
  /** What it shows, in a word: the command that says so. */
  readonly shows: 'asset' | 'src' | 'text' | 'color' | 'nothing'
  readonly hidden: boolean
}

/** The lines of a request by what they apply to. */
export interface LayerTree {
  readonly request: readonly CommandLine[]
  /** Presets outside of layers, variables and comments, which stand for themselves. */
  readonly loose: readonly CommandLine[]
  readonly all: LayerBranch
  /** From the bottom; layer 0 is always there. */
  readonly layers: readonly LayerBranch[]
}

/** Sorts the lines of a request by what they apply to; what opens a layer or is empty is in none of them. */
export function treeOf(lines: readonly CommandLine[]): LayerTree {
  const numbers = lines.flatMap(({ place }) => (place.of === 'layer' ? [place.layer] : []))
  const layers = Array.from(new Set([0, ...numbers])).toSorted((a, b) => a - b)
  return {
    request: lines.filter(({ kind, place }) => kind === 'command' && place.of === 'request'),
    loose: lines.filter(
      (line) => line.kind === 'variable' || line.kind === 'comment' || isLoose(line),
    ),
    all: branchOf(lines, undefined),
    layers: layers.map((layer) => branchOf(lines, layer)),
  }
}

/** Whether it is a preset that may say anything of the request. */
function isLoose({ kind, place }: CommandLine): boolean {
  return kind === 'macro' && place.of === 'all' && place.effect === undefined
}

function branchOf(lines: readonly CommandLine[], layer: number | undefined): LayerBranch {
  const within = lines.filter(({ place }) =>
    layer === undefined ? place.of === 'all' : place.of === 'layer' && place.layer === layer,
  )
  const effects = new Map<number, CommandLine[]>()
  const own: CommandLine[] = []
  for (const line of within) {
    const effect = line.place.of === 'request' ? undefined : line.place.effect
    if (effect !== undefined && !effects.has(effect)) effects.set(effect, [])
    if (line.kind === 'command' || (line.kind === 'macro' && !isLoose(line)))
      (effects.get(effect ?? 0) ?? own).push(line)
  }
  const opened = within.filter(({ kind, value }) => kind === 'open' && value?.includes(','))
  const [, name] = opened.at(-1)?.value?.split(',') ?? []
  const decisive = own.findLast(({ command }) => command === 'src' || command === 'text')?.command
  const hasColour = own.some(({ command }) => command === 'color')
  const bare = layer === 0 ? 'asset' : hasColour ? 'color' : 'nothing'
  return {
    layer,
    name: name?.trim(),
    lines: own,
    effects: Array.from(effects, ([effect, of]) => ({ effect, lines: of })).toSorted(
      (a, b) => a.effect - b.effect,
    ),
    shows: decisive === 'src' || decisive === 'text' ? decisive : bare,
    hidden: own.some(
      ({ command, value }) => command === 'hide' && /^(?:1|true|on)$/i.test(value ?? ''),
    ),
  }
}
