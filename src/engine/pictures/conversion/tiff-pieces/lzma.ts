import { IncompleteFile } from '../magick-source.ts'

/**
 * Decodes LZMA, of which a stream of LZMA2 has chunks. What is decoded stays its dictionary, so that no other one is needed.
 * After the LZMA specification of Igor Pavlov, which is in the public domain.
 */
export class LzmaDecoder {
  readonly #output: Buffer
  #at = 0
  /** Where the dictionary begins, before which nothing is repeated. */
  #start = 0
  #literalContext = 0
  #literalPosition = 0
  #positionMask = 0
  #state = 0
  #distances = [0, 0, 0, 0]
  #models = new Models(0)

  /** @param output - has as many bytes as may be decoded */
  constructor(output: Buffer) {
    this.#output = output
  }

  /** How many bytes have been decoded. */
  get length(): number {
    return this.#at
  }

  /** Forgets what has been decoded, which is not repeated any more. */
  forget(): void {
    this.#start = this.#at
  }

  /** Begins anew with other properties, which are three numbers in one. */
  setProperties(properties: number): void {
    if (properties >= 9 * 5 * 5) throw damaged()
    this.#literalContext = properties % 9
    const rest = Math.floor(properties / 9)
    this.#literalPosition = rest % 5
    this.#positionMask = 2 ** Math.floor(rest / 5) - 1
    if (this.#literalContext + this.#literalPosition > 4) throw damaged()
    this.reset()
  }

  /** Begins anew with the properties that there are. */
  reset(): void {
    this.#state = 0
    this.#distances = [0, 0, 0, 0]
    this.#models = new Models(this.#literalContext + this.#literalPosition)
  }

  /** Takes bytes as they are. */
  copy(bytes: Buffer): void {
    if (this.#at + bytes.length > this.#output.length) throw damaged()
    this.#at += bytes.copy(this.#output, this.#at)
  }

  /** Decodes as many bytes as a chunk has. */
  decode(packed: Buffer, count: number): void {
    const end = this.#at + count
    if (end > this.#output.length) throw damaged()
    const range = new RangeDecoder(packed)
    const models = this.#models
    const output = this.#output
    while (this.#at < end) {
      const positionState = (this.#at - this.#start) & this.#positionMask
      const place = (this.#state << 4) + positionState
      if (range.bit(models.isMatch, place) === 0) {
        output[this.#at] = this.#literal(range)
        this.#at += 1
        this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6
        continue
      }
      const length = this.#readMatch(range, place, positionState)
      const distance = (this.#distances[0] ?? 0) + 1
      if (distance > this.#at - this.#start || this.#at + length > end) throw damaged()
      for (let left = length; left > 0; left -= 1) {
        output[this.#at] = output[this.#at - distance] ?? 0
        this.#at += 1
      }
    }
  }

  #literal(range: RangeDecoder): number {
    const output = this.#output
    const previous = this.#at > this.#start ? (output[this.#at - 1] ?? 0) : 0
    const low = (this.#at - this.#start) & (2 ** this.#literalPosition - 1)
    const context = (low << this.#literalContext) + (previous >> (8 - this.#literalContext))
    const base = 0x300 * context
    const { literals } = this.#models
    let symbol = 1
    if (this.#state >= 7) {
      let matched = output[this.#at - (this.#distances[0] ?? 0) - 1] ?? 0
      while (symbol < 0x100) {
        const expected = (matched >> 7) & 1
        matched <<= 1
        const bit = range.bit(literals, base + ((1 + expected) << 8) + symbol)
        symbol = (symbol << 1) | bit
        if (expected !== bit) break
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | range.bit(literals, base + symbol)
    return symbol & 0xff
  }

  /** Reads how much is repeated, and makes where from the first of the distances. */
  #readMatch(range: RangeDecoder, place: number, positionState: number): number {
    const models = this.#models
    const state = this.#state
    const [first = 0, second = 0, third = 0, fourth = 0] = this.#distances
    if (range.bit(models.isRepeated, state) === 0) {
      const length = readLength(range, models.lengths, positionState)
      this.#state = state < 7 ? 7 : 10
      this.#distances = [this.#distance(range, length), first, second, third]
      return length
    }
    if (range.bit(models.isRepeatedFirst, state) === 0) {
      if (range.bit(models.isRepeatedLong, place) === 0) {
        this.#state = state < 7 ? 9 : 11
        return 1
      }
    } else if (range.bit(models.isRepeatedSecond, state) === 0) {
      this.#distances = [second, first, third, fourth]
    } else if (range.bit(models.isRepeatedThird, state) === 0) {
      this.#distances = [third, first, second, fourth]
    } else {
      this.#distances = [fourth, first, second, third]
    }
    const length = readLength(range, models.repeatedLengths, positionState)
    this.#state = state < 7 ? 8 : 11
    return length
  }

  #distance(range: RangeDecoder, length: number): number {
    const models = this.#models
    const slot = range.tree(models.slots, Math.min(length - 2, 3) * 64, 6)
    if (slot < 4) return slot
    const bits = (slot >> 1) - 1
    const base = (2 | (slot & 1)) * 2 ** bits
    if (slot < 14) return base + range.reverseTree(models.distances, base - slot, bits)
    const high = range.direct(bits - 4)
    return base + high * 16 + range.reverseTree(models.alignment, 0, 4)
  }
}

function damaged(): IncompleteFile {
  return new IncompleteFile('A piece that is compressed with LZMA is damaged.')
}

function readLength(
  range: RangeDecoder,
  { choice, low, middle, high }: Lengths,
  at: number,
): number {
  if (range.bit(choice, 0) === 0) return 2 + range.tree(low, at * 8, 3)
  if (range.bit(choice, 1) === 0) return 10 + range.tree(middle, at * 8, 3)
  return 18 + range.tree(high, 0, 8)
}

/** How likely a bit is 0, in parts of 2048, for as many of them. */
function probabilities(count: number): Uint16Array {
  return new Uint16Array(count).fill(1024)
}

/** What tells how much is repeated. */
interface Lengths {
  readonly choice: Uint16Array
  readonly low: Uint16Array
  readonly middle: Uint16Array
  readonly high: Uint16Array
}

function lengthModels(): Lengths {
  return {
    choice: probabilities(2),
    low: probabilities(16 * 8),
    middle: probabilities(16 * 8),
    high: probabilities(256),
  }
}

/** What has been learned of how likely bits are. */
class Models {
  readonly literals: Uint16Array
  readonly isMatch = probabilities(12 << 4)
  readonly isRepeated = probabilities(12)
  readonly isRepeatedFirst = probabilities(12)
  readonly isRepeatedSecond = probabilities(12)
  readonly isRepeatedThird = probabilities(12)
  readonly isRepeatedLong = probabilities(12 << 4)
  readonly slots = probabilities(4 * 64)
  readonly distances = probabilities(128)
  readonly alignment = probabilities(16)
  readonly lengths = lengthModels()
  readonly repeatedLengths = lengthModels()

  /** @param contextBits - how many bits tell apart what a literal comes after */
  constructor(contextBits: number) {
    this.literals = probabilities(0x300 << contextBits)
  }
}

/** Decodes bits of which it is known how likely they are. */
class RangeDecoder {
  readonly #packed: Buffer
  #at = 5
  #range = 0xffff_ffff
  #code: number

  constructor(packed: Buffer) {
    if (packed.length < 5 || packed[0] !== 0) throw damaged()
    this.#packed = packed
    this.#code = packed.readUInt32BE(1)
  }

  #normalize(): void {
    if (this.#range >= 2 ** 24) return
    this.#range = (this.#range << 8) >>> 0
    // A chunk has all that it needs, so that what is beyond it is damage, which its bytes will show.
    this.#code = ((this.#code << 8) | (this.#packed[this.#at] ?? 0)) >>> 0
    this.#at += 1
  }

  bit(models: Uint16Array, place: number): number {
    const likely = models[place] ?? 1024
    const bound = (this.#range >>> 11) * likely
    let bit = 0
    if (this.#code < bound) {
      models[place] = likely + ((2048 - likely) >> 5)
      this.#range = bound
    } else {
      models[place] = likely - (likely >> 5)
      this.#code -= bound
      this.#range -= bound
      bit = 1
    }
    this.#normalize()
    return bit
  }

  /** Bits of which nothing is known, the highest first. */
  direct(count: number): number {
    let value = 0
    for (let left = count; left > 0; left -= 1) {
      this.#range >>>= 1
      const bit = this.#code >= this.#range ? 1 : 0
      if (bit === 1) this.#code -= this.#range
      this.#normalize()
      value = value * 2 + bit
    }
    return value
  }

  tree(models: Uint16Array, base: number, bits: number): number {
    let symbol = 1
    for (let left = bits; left > 0; left -= 1)
      symbol = (symbol << 1) | this.bit(models, base + symbol)
    return symbol - (1 << bits)
  }

  /** The lowest bit comes first. */
  reverseTree(models: Uint16Array, base: number, bits: number): number {
    let [symbol, value] = [1, 0]
    for (let index = 0; index < bits; index += 1) {
      const bit = this.bit(models, base + symbol)
      symbol = (symbol << 1) | bit
      value |= bit << index
    }
    return value
  }
}
