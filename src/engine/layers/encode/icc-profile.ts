import { readFile } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { OperationError } from '../../../base/operation-error.ts'
import { sharp } from '../../pictures/libvips.ts'
import type { ColourProfile, WrittenColours } from '../encoding.ts'

const profiles = new Map<string, Promise<Buffer | undefined>>()

/** The ICC profile of colours; undefined for those that have none: grey and ink that no profile is asked for. */
export async function profileOf({
  pixelType,
  profile,
}: WrittenColours): Promise<Buffer | undefined> {
  if (profile) return readColourProfile(profile)
  return pixelType === 'rgb' ? readBuiltIn('srgb') : undefined
}

/** The bytes of a profile; undefined for one that libvips cannot convert into. */
export async function readColourProfile({
  profile,
}: Pick<ColourProfile, 'profile'>): Promise<Buffer | undefined> {
  // A file may be another the next time.
  return isAbsolute(profile) ? readFile(profile) : readBuiltIn(profile)
}

/** The profile of what pictures are made in. */
export async function readWorkingProfile(): Promise<Buffer | undefined> {
  return readBuiltIn('srgb')
}

async function readBuiltIn(name: string): Promise<Buffer | undefined> {
  const found = profiles.get(name) ?? writeWith(name)
  profiles.set(name, found)
  return found
}

/** Where a profile says which colours it is of, and what it says (ICC.1, 7.2.6). */
const SPACE_AT = 16
const SPACES = { rgb: 'RGB ', gray: 'GRAY', cmyk: 'CMYK' } as const

/**
 * Sees to it that colours can be converted into a profile; libvips would leave them as they are.
 *
 * @throws {@link OperationError} profile_unusable when it is none, damaged, or of another pixel type
 */
export async function requireProfile({ pixelType, profile }: WrittenColours): Promise<void> {
  if (profile === undefined) return
  // What libvips cannot convert into, it does not put into a file either.
  const bytes = await writeWith(profile.profile)
  if (bytes?.toString('latin1', SPACE_AT, SPACE_AT + 4) !== SPACES[pixelType]) {
    throw new OperationError('profile_unusable', { name: profile.name, pixelType })
  }
}

/** libvips does not hand out those that it has but in a picture. */
async function writeWith(profile: string): Promise<Buffer | undefined> {
  const pixel = { create: { width: 1, height: 1, channels: 3, background: 'white' } } as const
  const file = await sharp(pixel).withIccProfile(profile).jpeg().toBuffer()
  const { icc } = await sharp(file).metadata()
  return icc
}
