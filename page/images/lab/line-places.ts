import { COMMANDS, type CommandName } from '../../../src/image-serving/commands/commands.ts'
import { RequestError } from '../../../src/image-serving/request-error.ts'
import { sortCommands } from '../../../src/image-serving/sort-commands.ts'
import { decodeValue } from '../../../src/image-serving/syntax/decode-value.ts'

/** To what a command applies: the picture that is asked for, all layers together, one layer, or an effect of one. */
export type Place =
  | { readonly of: 'request' }
  | { readonly of: 'all'; readonly effect?: number | undefined }
  | { readonly of: 'layer'; readonly layer: number; readonly effect?: number | undefined }

/** Whether two places are the same. */
export function samePlace(one: Place, other: Place): boolean {
  return keyOfPlace(one) === keyOfPlace(other)
}

/** One text for one place. */
export function keyOfPlace(place: Place): string {
  if (place.of === 'request') return 'request'
  const effect = place.effect === undefined ? '' : `:${place.effect}`
  return `${place.of === 'all' ? 'all' : place.layer}${effect}`
}

/** Follows the lines of a request, and knows which layer and effect is open. */
export class PlaceFinder {
  /** What has opened a layer or an effect so far. */
  readonly #opened: { readonly name: string; readonly value: string }[] = []
  readonly #names = new Map<string, number>()
  #layer: number | undefined
  #effect: number | undefined

  /** Where commands of layers go at this moment. */
  get current(): Place {
    const effect = this.#effect === undefined ? {} : { effect: this.#effect }
    return this.#layer === undefined
      ? { of: 'all', ...effect }
      : { of: 'layer', layer: this.#layer, ...effect }
  }

  /** Where a command applies here; undefined for one that effects do not take, within one. */
  placeOf(command: CommandName): Place | undefined {
    const entry = COMMANDS[command]
    if (entry.level === 'request' || entry.level === 'view') return { of: 'request' }
    const { current } = this
    if (this.#effect !== undefined) {
      return 'ofEffects' in entry && entry.ofEffects ? current : undefined
    }
    return current.of === 'all' && entry.level === 'layer 0' ? { of: 'layer', layer: 0 } : current
  }

  /**
   * Opens a layer or an effect.
   *
   * @param value - as it is written: encoded
   * @returns why it cannot be opened, in a sentence
   */
  open(name: string, value: string): string | undefined {
    try {
      sortCommands([...this.#opened, { name, value }])
    } catch (error) {
      if (error instanceof RequestError) return error.message
      throw error
    }
    this.#opened.push({ name, value })
    const decoded = decodeValue(value).trim()
    if (name === 'effect') this.#effect = Number(decoded)
    else this.#openLayer(decoded)
    return undefined
  }

  #openLayer(value: string): void {
    this.#effect = undefined
    const [first = '', layerName] = value.split(',').map((part) => part.trim())
    if (/^comp$/i.test(first)) this.#layer = undefined
    else if (/^\d+$/.test(first)) this.#layer = Number(first)
    else this.#layer = this.#names.get(first.toLowerCase())
    if (layerName !== undefined && this.#layer !== undefined) {
      this.#names.set(layerName.toLowerCase(), this.#layer)
    }
  }
}
