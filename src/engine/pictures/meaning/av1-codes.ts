import type { Codes } from './colour-space.ts'

const SEQUENCE_HEADER = 1

/**
 * Reads what the first sequence header in the data of AV1 says of colours (AV1 specification, 5.5).
 *
 * @param data - the start of the data of a picture
 * @returns undefined when it says nothing of them, or does not get so far
 */
export function readAv1Codes(data: Buffer): Codes | undefined {
  try {
    const header = findSequenceHeader(data)
    return header && readColours(header)
  } catch (error) {
    // Data that end too soon: whoever decodes the picture will say more.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The units of which data are made tell their type and length (5.3). */
function findSequenceHeader(data: Buffer): Buffer | undefined {
  for (let at = 0; at < data.length;) {
    const head = data.readUInt8(at)
    const [type, isExtended, hasLength] = [(head >> 3) & 15, (head & 4) !== 0, (head & 2) !== 0]
    at += isExtended ? 2 : 1
    let length = data.length - at
    if (hasLength) {
      length = 0
      for (let shift = 0, more = true; more; shift += 7, at += 1) {
        const byte = data.readUInt8(at)
        length += (byte & 0x7f) * 2 ** shift
        more = (byte & 0x80) !== 0
      }
    }
    if (type === SEQUENCE_HEADER) return data.subarray(at, at + length)
    at += length
  }
  return undefined
}

/** Reads numbers of some bits, the highest first. */
type ReadBits = (bits: number) => number

function bitsOf(data: Buffer): ReadBits {
  let at = 0
  return (bits) => {
    let value = 0
    for (let left = bits; left > 0; left -= 1, at += 1) {
      value = value * 2 + ((data.readUInt8(at >> 3) >> (7 - (at & 7))) & 1)
    }
    return value
  }
}

function readColours(header: Buffer): Codes | undefined {
  const read = bitsOf(header)
  const is = (): boolean => read(1) === 1
  const profile = read(3)
  read(1)
  const isReduced = is()
  if (isReduced) read(5)
  else skipOperatingPoints(read)
  const [widthBits, heightBits] = [read(4) + 1, read(4) + 1]
  read(widthBits + heightBits)
  if (!isReduced && is()) read(7)
  // Which tools the picture is coded with.
  read(3)
  if (!isReduced) skipTools(read)
  read(3)
  const isDeep = is()
  if (profile === 2 && isDeep) read(1)
  if (profile !== 1) read(1)
  return is() ? { primaries: read(8), transfer: read(8) } : undefined
}

function skipOperatingPoints(read: ReadBits): void {
  const is = (): boolean => read(1) === 1
  let delayBits = 0
  if (is()) {
    read(64)
    if (is()) skipVariable(read)
    if (is()) {
      delayBits = read(5) + 1
      read(42)
    }
  }
  const tellsDelay = is()
  for (let left = read(5); left >= 0; left -= 1) {
    read(12)
    if (read(5) > 7) read(1)
    if (delayBits > 0 && is()) read(2 * delayBits + 1)
    if (tellsDelay && is()) read(4)
  }
}

/** A number with as many zeros before it as it has bits behind its first (4.10.3). */
function skipVariable(read: ReadBits): void {
  let zeros = 0
  while (read(1) === 0) zeros += 1
  read(zeros)
}

function skipTools(read: ReadBits): void {
  read(4)
  const hasOrder = read(1) === 1
  if (hasOrder) read(2)
  const mayHaveText = read(1) === 1 || read(1) === 1
  if (mayHaveText && read(1) === 0) read(1)
  if (hasOrder) read(3)
}
