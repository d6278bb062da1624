import type { ReadBytes } from '../../../sources/open-file.ts'
import { walkPngChunks } from '../headers/header.ts'
import {
  type ColourSpace,
  colourSpaceOf,
  isSrgb,
  type Primaries,
  SRGB_PRIMARIES,
  type Transfer,
} from './colour-space.ts'

/** How `cHRM` and `gAMA` write numbers: as hundred-thousandths. */
const CHUNK_UNIT = 100_000

/** How `cLLI` writes candela per square metre. */
const LIGHT_UNIT = 10_000

const FULL_RANGE = 1

/** ITU-R BT.1886, which Chromium has televised pictures of PNG shown by. */
const TELEVISION: Transfer = { kind: 'power', gamma: 2.4 }

const TOLD: ReadonlySet<string> = new Set(['cICP', 'cLLI', 'iCCP', 'sRGB', 'gAMA', 'cHRM'])

/**
 * Tells what the colours of a PNG mean by its chunks, of which `cICP` comes before `iCCP`, that before `sRGB`, and that before
 * `gAMA` with or without `cHRM` (PNG specification, third edition, 4.3).
 *
 * @returns undefined when they mean sRGB, or what a profile says
 */
export function readPngColours(read: ReadBytes): ColourSpace | undefined {
  const chunks = new Map<string, Buffer>()
  for (const { type, position, length } of walkPngChunks(read)) {
    // None of them comes behind the picture.
    if (type === 'IDAT') break
    if (TOLD.has(type)) chunks.set(type, read(position, Math.min(length, 64)))
  }
  const coded = ofCodes(chunks.get('cICP'), chunks.get('cLLI'))
  const isTold = chunks.has('iCCP') || chunks.has('sRGB')
  const space = coded ?? (isTold ? undefined : ofGamma(chunks.get('gAMA'), chunks.get('cHRM')))
  return space === undefined || isSrgb(space) ? undefined : space
}

function ofCodes(codes: Buffer | undefined, light: Buffer | undefined): ColourSpace | undefined {
  if (codes === undefined || codes.length < 4 || codes[3] !== FULL_RANGE) return undefined
  const [primaries = 0, transfer = 0] = codes
  const most = light === undefined || light.length < 8 ? 0 : light.readUInt32BE(0) / LIGHT_UNIT
  return colourSpaceOf(
    { primaries, transfer },
    { television: TELEVISION, mostNits: most === 0 ? undefined : most },
  )
}

/** Without `gAMA` nobody heeds `cHRM`. */
function ofGamma(gamma: Buffer | undefined, points: Buffer | undefined): ColourSpace | undefined {
  const power = gamma === undefined || gamma.length < 4 ? 0 : gamma.readUInt32BE(0) / CHUNK_UNIT
  if (power === 0) return undefined
  const primaries = points === undefined || points.length < 32 ? undefined : readPrimaries(points)
  return {
    primaries: primaries ?? SRGB_PRIMARIES,
    transfer: { kind: 'power', gamma: 1 / power },
  }
}

/** @returns undefined when they span no colours */
function readPrimaries(points: Buffer): Primaries | undefined {
  const point = (at: number) =>
    [points.readUInt32BE(at) / CHUNK_UNIT, points.readUInt32BE(at + 4) / CHUNK_UNIT] as const
  const [white, red, green, blue] = [point(0), point(8), point(16), point(24)]
  const [[a, b], [c, d], [e, f]] = [red, green, blue]
  const area = (c - a) * (f - b) - (e - a) * (d - b)
  const isSound = [white, red, green, blue].every(([x, y]) => x <= 1 && y > 0 && y <= 1)
  return isSound && Math.abs(area) > 0.001 ? { white, red, green, blue } : undefined
}
