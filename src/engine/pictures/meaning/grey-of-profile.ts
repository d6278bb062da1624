import { findIccTags, UnusableProfile } from '../../../sources/icc-header.ts'
import { type ColourSpace, curveOf, type PlainTransfer, SRGB_PRIMARIES } from './colour-space.ts'

/** Where the space of a profile stands (ICC.1, 7.2.6). */
const SPACE = { start: 16, end: 20 }

/** A value at which the curve of sRGB differs from those that come near it. */
const DARK = 0.1

/** As far as two curves may be apart there, as a share of it. */
const NEARLY = 0.1

/**
 * Tells what grey means in a picture without colours whose profile is one of red, green and blue: what its curve of green says.
 * Colour engines leave such a profile out.
 *
 * @returns undefined when it means what it does in sRGB, or the profile is another one
 */
export function readGreySpace(profile: Buffer): ColourSpace | undefined {
  if (profile.toString('latin1', SPACE.start, SPACE.end) !== 'RGB ') return undefined
  const curve = findCurve(profile)
  const transfer = curve && transferOf(curve)
  if (transfer === undefined || isLikeSrgb(transfer)) return undefined
  return { primaries: SRGB_PRIMARIES, transfer }
}

function findCurve(profile: Buffer): Buffer | undefined {
  try {
    return findIccTags(profile).get('gTRC')
  } catch (error) {
    if (error instanceof UnusableProfile) return undefined
    throw error
  }
}

/** A curve by its power, by parameters, or by its values, of which the middle one tells the power (ICC.1, 10.6 and 10.18). */
function transferOf(curve: Buffer): PlainTransfer | undefined {
  const type = curve.toString('latin1', 0, 4)
  if (type === 'curv' && curve.length >= 12) return ofValues(curve)
  if (type !== 'para' || curve.length < 16) return undefined
  const fixed = (index: number): number => curve.readInt32BE(12 + 4 * index) / 65_536
  const kind = curve.readUInt16BE(8)
  if (kind === 0) return { kind: 'power', gamma: fixed(0) }
  if (kind !== 3 || curve.length < 32) return undefined
  return { kind: 'curve', gamma: fixed(0), a: fixed(1), b: fixed(2), c: fixed(3), d: fixed(4) }
}

function ofValues(curve: Buffer): PlainTransfer | undefined {
  const count = curve.readUInt32BE(8)
  if (count === 0) return { kind: 'power', gamma: 1 }
  if (curve.length < 12 + 2 * count) return undefined
  if (count === 1) return { kind: 'power', gamma: curve.readUInt16BE(12) / 256 }
  const at = (place: number): number =>
    curve.readUInt16BE(12 + 2 * Math.round(place * (count - 1))) / 65_535
  const gamma = Math.log(at(0.5)) / Math.log(0.5)
  if (!Number.isFinite(gamma) || gamma <= 0) return undefined
  return isNearSrgb(at(DARK)) ? { kind: 'srgb' } : { kind: 'power', gamma }
}

function isLikeSrgb(transfer: PlainTransfer): boolean {
  const { gamma, a, b, c, d } = curveOf(transfer)
  return isNearSrgb(DARK < d ? c * DARK : (a * DARK + b) ** gamma)
}

function isNearSrgb(light: number): boolean {
  const { gamma, a, b } = curveOf({ kind: 'srgb' })
  return Math.abs(light / (a * DARK + b) ** gamma - 1) < NEARLY
}
