import { findIccTags, UnusableProfile } from '../../../sources/icc-header.ts'
import { type ColourSpace, colourSpaceOf } from './colour-space.ts'

/** A type and four bytes that mean nothing come before the numbers (ICC.1:2022, 10.3). */
const NUMBERS_AT = 8

/**
 * Tells what the colours of an HDR picture mean by the tag `cicp` of its profile: what else is in one shows HDR in another way each.
 *
 * @returns undefined when there is no such tag, or no HDR
 */
export function readProfileSpace(profile: Buffer): ColourSpace | undefined {
  const [primaries, transfer] = numbersOf(profile)
  if (primaries === undefined || transfer === undefined) return undefined
  const space = colourSpaceOf({ primaries, transfer }, { television: { kind: 'srgb' } })
  return space?.transfer.kind === 'pq' || space?.transfer.kind === 'hlg' ? space : undefined
}

function numbersOf(profile: Buffer): readonly number[] {
  try {
    return [...(findIccTags(profile).get('cicp')?.subarray(NUMBERS_AT) ?? [])]
  } catch (error) {
    // Whoever converts colours by it will say more.
    if (error instanceof UnusableProfile) return []
    throw error
  }
}
