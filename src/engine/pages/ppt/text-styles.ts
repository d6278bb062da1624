/** What letters look like, as far as it is told ([MS-PPT] 2.9.13). */
export interface PptLetters {
  readonly bold?: boolean
  readonly italic?: boolean
  readonly underline?: boolean
  /** The number of a font. */
  readonly font?: number
  /** In points. */
  readonly size?: number
  /** As it is written. */
  readonly colour?: number
  /** How far they are raised, in percents of their size. */
  readonly raised?: number
}

/** What paragraphs look like, as far as it is told ([MS-PPT] 2.9.20). Lengths are in 576ths of an inch. */
export interface PptParagraph {
  readonly hasBullet?: boolean
  readonly bulletHasFont?: boolean
  readonly bulletHasColour?: boolean
  readonly bulletHasSize?: boolean
  readonly bullet?: string
  readonly bulletFont?: number
  /** Percents where it is above 0, else points. */
  readonly bulletSize?: number
  readonly bulletColour?: number
  readonly align?: number
  /** Percents where they are not below 0, else lengths. */
  readonly lines?: number
  readonly before?: number
  readonly after?: number
  readonly left?: number
  readonly first?: number
  readonly isReversed?: boolean
}

/** A level of a style, or what a run of text says. */
export interface PptLook {
  readonly paragraph: PptParagraph
  readonly letters: PptLetters
}

/** Characters that look alike, from the start of a text on. */
export interface PptRun<Look> {
  readonly count: number
  readonly look: Look
}

/** How a text is divided. */
export interface PptTextStyle {
  readonly paragraphs: readonly (PptRun<PptParagraph> & { readonly level: number })[]
  readonly letters: readonly PptRun<PptLetters>[]
}

/** More runs and levels than a text has. */
const MOST_RUNS = 20_000
const MOST_LEVELS = 5

class Reader {
  readonly #data: Buffer
  #at = 0

  constructor(data: Buffer) {
    this.#data = data
  }

  get isDone(): boolean {
    return this.#at >= this.#data.length
  }

  u16(): number {
    this.#at += 2
    return this.#data.readUInt16LE(this.#at - 2)
  }

  i16(): number {
    this.#at += 2
    return this.#data.readInt16LE(this.#at - 2)
  }

  u32(): number {
    this.#at += 4
    return this.#data.readUInt32LE(this.#at - 4)
  }

  skip(bytes: number): void {
    this.#at += bytes
  }
}

function readParagraph(reader: Reader): PptParagraph {
  const mask = reader.u32()
  const has = (bit: number): boolean => (mask & bit) !== 0
  const flags = has(0xf) ? reader.u16() : 0
  const flag = <Name extends string>(name: Name, bit: number): { [K in Name]?: boolean } => {
    const told: { [K in Name]?: boolean } = {}
    if (has(bit)) told[name] = (flags & bit) !== 0
    return told
  }
  const bullet = has(0x80) ? { bullet: String.fromCharCode(reader.u16()) } : {}
  const bulletFont = has(0x10) ? { bulletFont: reader.u16() } : {}
  const bulletSize = has(0x40) ? { bulletSize: reader.i16() } : {}
  const bulletColour = has(0x20) ? { bulletColour: reader.u32() } : {}
  const align = has(0x800) ? { align: reader.u16() } : {}
  const lines = has(0x1000) ? { lines: reader.i16() } : {}
  const before = has(0x2000) ? { before: reader.i16() } : {}
  const after = has(0x4000) ? { after: reader.i16() } : {}
  const left = has(0x100) ? { left: reader.i16() } : {}
  const first = has(0x400) ? { first: reader.i16() } : {}
  if (has(0x8000)) reader.skip(2)
  if (has(0x10_0000)) reader.skip(reader.u16() * 4)
  if (has(0x1_0000)) reader.skip(2)
  if (has(0xe_0000)) reader.skip(2)
  const direction = has(0x20_0000) ? { isReversed: reader.u16() === 1 } : {}
  return {
    ...flag('hasBullet', 1),
    ...flag('bulletHasFont', 2),
    ...flag('bulletHasColour', 4),
    ...flag('bulletHasSize', 8),
    ...bullet,
    ...bulletFont,
    ...bulletSize,
    ...bulletColour,
    ...align,
    ...lines,
    ...before,
    ...after,
    ...left,
    ...first,
    ...direction,
  }
}

function readLetters(reader: Reader): PptLetters {
  const mask = reader.u32()
  const has = (bit: number): boolean => (mask & bit) !== 0
  const flags = has(0xffff) ? reader.u16() : 0
  const font = has(0x1_0000) ? { font: reader.u16() } : {}
  for (const bit of [0x20_0000, 0x40_0000, 0x80_0000]) if (has(bit)) reader.skip(2)
  const size = has(0x2_0000) ? { size: reader.i16() } : {}
  const colour = has(0x4_0000) ? { colour: reader.u32() } : {}
  const raised = has(0x8_0000) ? { raised: reader.i16() } : {}
  return {
    ...(has(1) && { bold: (flags & 1) !== 0 }),
    ...(has(2) && { italic: (flags & 2) !== 0 }),
    ...(has(4) && { underline: (flags & 4) !== 0 }),
    ...font,
    ...size,
    ...colour,
    ...raised,
  }
}

/**
 * Reads how a text is divided ([MS-PPT] 2.9.44).
 *
 * @param length - of the text, in characters
 */
export function readTextStyle(data: Buffer, length: number): PptTextStyle {
  const reader = new Reader(data)
  const paragraphs: (PptRun<PptParagraph> & { readonly level: number })[] = []
  const letters: PptRun<PptLetters>[] = []
  for (let left = length + 1; left > 0 && paragraphs.length < MOST_RUNS && !reader.isDone;) {
    const count = reader.u32()
    const level = Math.min(MOST_LEVELS - 1, reader.u16())
    paragraphs.push({ count, level, look: readParagraph(reader) })
    left -= count
  }
  for (let left = length + 1; left > 0 && letters.length < MOST_RUNS && !reader.isDone;) {
    const count = reader.u32()
    letters.push({ count, look: readLetters(reader) })
    left -= count
  }
  return { paragraphs, letters }
}

/** Kinds of texts from which on levels say which they are. */
const NUMBERED_FROM = 5

/** Reads the levels of a style of a master ([MS-PPT] 2.9.35). */
export function readMasterStyle(data: Buffer, kind: number): readonly PptLook[] {
  const reader = new Reader(data)
  const count = Math.min(MOST_LEVELS, reader.u16())
  const levels: PptLook[] = []
  for (let nth = 0; nth < count; nth += 1) {
    const level = kind >= NUMBERED_FROM ? Math.min(MOST_LEVELS - 1, reader.u16()) : nth
    levels[level] = { paragraph: readParagraph(reader), letters: readLetters(reader) }
  }
  return Array.from(levels, (level) => level ?? { paragraph: {}, letters: {} })
}

/** Reads how far a shape indents levels ([MS-PPT] 2.9.30). */
export function readRuler(data: Buffer): readonly Pick<PptParagraph, 'left' | 'first'>[] {
  const reader = new Reader(data)
  const mask = reader.u32()
  const has = (bit: number): boolean => (mask & bit) !== 0
  if (has(2)) reader.skip(2)
  if (has(1)) reader.skip(2)
  if (has(4)) reader.skip(reader.u16() * 4)
  return Array.from({ length: MOST_LEVELS }, (_, level) => ({
    ...(has(8 << level) && { left: reader.i16() }),
    ...(has(0x100 << level) && { first: reader.i16() }),
  }))
}
