import { readValue } from './commands/command.ts'
import { COMMANDS, type CommandName, findCommand, nearestCommand } from './commands/commands.ts'
import { IGNORED_COMMANDS, REFUSED_COMMANDS } from './commands/refused-commands.ts'
import { RequestError } from './request-error.ts'
import { decodeValue } from './syntax/decode-value.ts'
import type { PlainCommand } from './syntax/expand-commands.ts'

/** The values of commands, decoded, by name and in the order of their last instances; undefined for one without `=`. */
export type Settings = ReadonlyMap<CommandName, string | undefined>

/** What is said of a layer, or of all together. */
export interface Segment {
  readonly settings: Settings
  /** By the numbers of `effect=`. */
  readonly effects: ReadonlyMap<number, Settings>
}

/** The commands of a request by what they apply to. */
export interface SortedCommands {
  readonly request: Settings
  readonly composite: Segment
  readonly layers: ReadonlyMap<number, Segment>
  /** The names of commands that change nothing, each with the reason in words; "unknown" for those that nobody knows, with the nearest name. */
  readonly ignored: readonly { readonly name: string; readonly why: string }[]
}

interface OpenSegment extends Segment {
  readonly settings: Map<CommandName, string | undefined>
  readonly effects: Map<number, Map<CommandName, string | undefined>>
}

const HIGHEST_LAYER = 999_999

/** The most layers and effects of a request together: each is a picture in memory for a while. */
const MOST_LAYERS = 100

/**
 * Sorts commands by what they apply to, where the last of equal ones counts (r-layer, c-specifying-layers).
 *
 * @param commands - with macros and variables put in
 * @throws {@link RequestError} when a value is not what it has to be, a command cannot be done here, or a layer is not there
 */
export function sortCommands(commands: readonly PlainCommand[]): SortedCommands {
  const sorting = new Sorting()
  for (const { name, value } of commands) sorting.add(name, value)
  const sorted = sorting.sorted()
  for (const settings of allSettings(sorted)) {
    for (const [name, value] of settings) readValue<unknown>(COMMANDS[name], value)
  }
  return sorted
}

function* allSettings({ request, composite, layers }: SortedCommands): Iterable<Settings> {
  yield request
  for (const { settings, effects } of [composite, ...layers.values()]) {
    yield settings
    yield* effects.values()
  }
}

class Sorting {
  readonly #request: OpenSegment = emptySegment()
  readonly #composite: OpenSegment = emptySegment()
  readonly #layers = new Map<number, OpenSegment>()
  readonly #names = new Map<string, number>()
  readonly #ignored: { name: string; why: string }[] = []
  /** The layer whose segment it is; undefined for all together. */
  #layer: number | undefined
  #effect: Map<CommandName, string | undefined> | undefined
  #count = 0

  add(name: string, value: string | undefined): void {
    if (/^layer$/i.test(name)) this.#openLayer(decodeValue(value ?? ''))
    else if (/^effect$/i.test(name)) this.#openEffect(decodeValue(value ?? ''))
    else this.#set(name, value === undefined || isNested(value) ? value : decodeValue(value))
  }

  sorted(): SortedCommands {
    return {
      request: this.#request.settings,
      composite: this.#composite,
      layers: this.#layers,
      ignored: this.#ignored,
    }
  }

  #set(written: string, value: string | undefined): void {
    const name = findCommand(written)
    if (name === undefined) {
      this.#ignored.push({ name: written, why: refuseOrIgnore(written) })
      return
    }
    const { level, ofEffects = false } = COMMANDS[name]
    const everywhere = level === 'request' || level === 'view'
    if (this.#effect && !everywhere && !ofEffects) {
      this.#ignored.push({ name, why: 'layer effects do not take it' })
      return
    }
    const settings = everywhere ? this.#request.settings : (this.#effect ?? this.#target(level))
    // Its place is that of its last instance.
    settings.delete(name)
    settings.set(name, value)
  }

  #target(level: 'layer' | 'layer 0'): Map<CommandName, string | undefined> {
    if (this.#layer === undefined && level === 'layer') return this.#composite.settings
    return this.#segmentOf(this.#layer ?? 0).settings
  }

  #openLayer(value: string): void {
    this.#effect = undefined
    const [first = '', layerName] = value.split(',').map((part) => part.trim())
    if (layerName !== undefined && /^comp$/i.test(layerName)) {
      throw new RequestError('comp is all layers together, and cannot be the name of one.', 'layer')
    }
    if (/^comp$/i.test(first)) this.#layer = undefined
    else if (/^\d+$/.test(first) && Number(first) <= HIGHEST_LAYER) {
      this.#layer = Number(first)
      this.#segmentOf(this.#layer)
      if (layerName !== undefined) this.#name(layerName, this.#layer)
    } else {
      const layer = this.#names.get(first.toLowerCase())
      if (layer === undefined) {
        throw new RequestError(
          `There is no layer ${first === '' ? 'without a number' : first}: layer= takes a number, comp, or a name that layer=number,name has given before.`,
          'layer',
        )
      }
      this.#layer = layer
    }
  }

  #name(name: string, layer: number): void {
    const known = this.#names.get(name.toLowerCase())
    if (known !== undefined && known !== layer) {
      throw new RequestError(
        `The layers ${known} and ${layer} have the same name: ${name}.`,
        'layer',
      )
    }
    this.#names.set(name.toLowerCase(), layer)
  }

  #openEffect(value: string): void {
    const order = /^[+-]?\d{1,6}$/.test(value.trim()) ? Number(value) : 0
    if (order === 0) {
      throw new RequestError(
        `effect=${value} must be a whole number below 0, for behind the layer, or above 0, for on it.`,
        'effect',
      )
    }
    const { effects } = this.#layer === undefined ? this.#composite : this.#segmentOf(this.#layer)
    this.#effect = effects.get(order) ?? new Map()
    if (!effects.has(order)) this.#countOne()
    effects.set(order, this.#effect)
  }

  #segmentOf(layer: number): OpenSegment {
    const known = this.#layers.get(layer)
    if (known) return known
    this.#countOne()
    const segment = emptySegment()
    this.#layers.set(layer, segment)
    return segment
  }

  #countOne(): void {
    this.#count += 1
    if (this.#count > MOST_LAYERS) {
      throw new RequestError(
        `A request may have ${MOST_LAYERS} layers and effects, and this one has more.`,
      )
    }
  }
}

/** Whether it is a request within a request, which is decoded where it is taken apart. */
function isNested(value: string): boolean {
  return /^\w*(?:\(.*\)|\{.*\})$/s.test(value)
}

function emptySegment(): OpenSegment {
  return { settings: new Map(), effects: new Map() }
}

function refuseOrIgnore(name: string): string {
  const find = (reasons: Readonly<Record<string, string>>): [string, string] | undefined =>
    Object.entries(reasons).find(([each]) => each.toLowerCase() === name.toLowerCase())
  const [refused, instead] = find(REFUSED_COMMANDS) ?? []
  if (refused !== undefined)
    throw new RequestError(`${refused} cannot be done here: ${instead}.`, refused)
  const [, why] = find(IGNORED_COMMANDS) ?? []
  if (why !== undefined) return why
  const nearest = nearestCommand(name)
  return nearest === undefined ? 'unknown' : `unknown; ${nearest} is the nearest name`
}
