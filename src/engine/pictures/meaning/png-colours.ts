import { crc32, inflateSync } from 'node:zlib'
import { findIccTags, UnusableProfile } from '../../../sources/icc-header.ts'
import type { ReadBytes } from '../../../sources/open-file.ts'
import { type PngChunk, walkPngChunks } from '../headers/header.ts'
import {
  areKnownCodes,
  type ColourSpace,
  colourSpaceOf,
  isSrgb,
  type Primaries,
  SRGB_PRIMARIES,
  type Transfer,
} from './colour-space.ts'
import { readGreySpace } from './grey-of-profile.ts'

/** How `cHRM` and `gAMA` write numbers: as hundred-thousandths. */
const CHUNK_UNIT = 100_000

/** How `cLLI` writes candela per square metre. */
const LIGHT_UNIT = 10_000

const FULL_RANGE = 1
const RGB = 0

/** ITU-R BT.1886, which Chromium has televised pictures of PNG shown by. */
const TELEVISION: Transfer = { kind: 'power', gamma: 2.4 }

/** The chunks that tell it, and how many bytes they have; a profile has any number. */
const TOLD: Readonly<Record<string, number | undefined>> = {
  cICP: 4,
  cLLI: 8,
  iCCP: undefined,
  sRGB: 1,
  gAMA: 4,
  cHRM: 32,
}

/** The names of the chunks that tell what colours mean. */
export const COLOUR_CHUNKS: ReadonlySet<string> = new Set(Object.keys(TOLD))

/** The rendering intents that `sRGB` may have are those up to this one. */
const LAST_INTENT = 3

/** Profiles and what they are packed in are smaller by far. */
const MOST_PROFILE_BYTES = 32 * 1024 ** 2

/** Where a header has the type of colours, and those without colours (PNG specification, 11.2.1). */
const COLOUR_TYPE_AT = 9
export const GREY_TYPES: ReadonlySet<number> = new Set([0, 4])

/** The chunks of a file by their names. */
type Chunks = ReadonlyMap<string, PngChunk>

/**
 * Tells what the colours of a PNG mean by its chunks, of which `cICP` comes before `iCCP`, that before `sRGB`, and that before
 * `gAMA` with or without `cHRM` (PNG specification, third edition, 4.3). Chunks that are damaged count as not there.
 *
 * @returns undefined when they mean sRGB, or what a profile says
 */
export function readPngColours(read: ReadBytes): ColourSpace | undefined {
  const chunks = new Map<string, PngChunk>()
  let isGrey = false
  for (const chunk of walkPngChunks(read)) {
    const { type, position } = chunk
    // None of them comes behind the picture.
    if (type === 'IDAT') break
    if (type === 'IHDR') isGrey = GREY_TYPES.has(read(position + COLOUR_TYPE_AT, 1)[0] ?? 0)
    if (COLOUR_CHUNKS.has(type) && !chunks.has(type)) chunks.set(type, chunk)
  }
  if (chunks.size === 0) return undefined
  const space = ofCodes(chunks, read) ?? ofOthers(chunks, read, isGrey)
  return space === undefined || isSrgb(space) ? undefined : space
}

/** What comes behind `cICP`: a profile is left to libvips, which leaves out those of red, green and blue in a picture of grey. */
function ofOthers(chunks: Chunks, read: ReadBytes, isGrey: boolean): ColourSpace | undefined {
  if (!isGrey && !chunks.has('gAMA')) return undefined
  const profile = readProfile(chunks, read)
  if (profile !== undefined) return isGrey ? readGreySpace(profile) : undefined
  return ofGamma(chunks, read)
}

/** What a chunk has; undefined when there is none, or it is not as long as such a chunk is, or damaged. */
function contentOf(chunks: Chunks, type: string, read: ReadBytes): Buffer | undefined {
  const chunk = chunks.get(type)
  if (chunk === undefined || chunk.length > MOST_PROFILE_BYTES) return undefined
  const { length } = chunk
  if (length !== (TOLD[type] ?? length)) return undefined
  const named = read(chunk.position - type.length, type.length + length + 4)
  if (named.length < type.length + length + 4) return undefined
  const checked = named.subarray(0, type.length + length)
  return crc32(checked) === named.readUInt32BE(checked.length)
    ? checked.subarray(type.length)
    : undefined
}

function ofCodes(chunks: Chunks, read: ReadBytes): ColourSpace | undefined {
  const [primaries = 0, transfer = 0, matrix, range] = contentOf(chunks, 'cICP', read) ?? []
  const codes = { primaries, transfer }
  if (range !== FULL_RANGE || matrix !== RGB || !areKnownCodes(codes)) return undefined
  const most = (contentOf(chunks, 'cLLI', read)?.readUInt32BE(0) ?? 0) / LIGHT_UNIT
  return colourSpaceOf(codes, {
    television: TELEVISION,
    mostNits: most === 0 ? undefined : most,
  })
}

/** As far as a gamma alone may be off that of sRGB, as a share of it, which libpng has taken for nothing for as long as there is one. */
const NEARLY = 0.05
const SRGB_GAMMA = 2.2

/** Without `gAMA` nobody heeds `cHRM`. */
function ofGamma(chunks: Chunks, read: ReadBytes): ColourSpace | undefined {
  const power = (contentOf(chunks, 'gAMA', read)?.readUInt32BE(0) ?? 0) / CHUNK_UNIT
  const intent = contentOf(chunks, 'sRGB', read)?.[0] ?? LAST_INTENT + 1
  if (power === 0 || intent <= LAST_INTENT) return undefined
  const transfer: Transfer = { kind: 'power', gamma: 1 / power }
  const points = contentOf(chunks, 'cHRM', read)
  if (points !== undefined) {
    const primaries = readPrimaries(points)
    return primaries && { primaries, transfer }
  }
  return Math.abs(power * SRGB_GAMMA - 1) <= NEARLY
    ? undefined
    : { primaries: SRGB_PRIMARIES, transfer }
}

/** A profile; undefined where there is none that is sound. */
function readProfile(chunks: Chunks, read: ReadBytes): Buffer | undefined {
  const packed = contentOf(chunks, 'iCCP', read)
  // Behind its name and what ends that comes how it is packed, for which there is one way.
  const start = packed === undefined ? 1 : packed.indexOf(0) + 2
  if (packed === undefined || start < 2) return undefined
  try {
    const profile = inflateSync(packed.subarray(start), { maxOutputLength: MOST_PROFILE_BYTES })
    const tags = findIccTags(profile)
    const isOfGrey = profile.toString('latin1', 16, 20) === 'GRAY'
    const isWhole = profile.readUInt32BE(0) <= profile.length
    return isWhole && (tags.has('A2B0') || tags.has(isOfGrey ? 'kTRC' : 'rTRC'))
      ? profile
      : undefined
  } catch (error) {
    if (error instanceof UnusableProfile || (error instanceof Error && 'code' in error))
      return undefined
    throw error
  }
}

/** @returns undefined when they span no colours */
function readPrimaries(points: Buffer): Primaries | undefined {
  const point = (at: number) =>
    [points.readUInt32BE(at) / CHUNK_UNIT, points.readUInt32BE(at + 4) / CHUNK_UNIT] as const
  const [white, red, green, blue] = [point(0), point(8), point(16), point(24)]
  const [[a, b], [c, d], [e, f]] = [red, green, blue]
  const area = (c - a) * (f - b) - (e - a) * (d - b)
  const isSound = [white, red, green, blue].every(([x, y]) => x <= 1 && y <= 1) && white[1] > 0
  return isSound && Math.abs(area) > 0.001 ? { white, red, green, blue } : undefined
}
