import { sharp } from '../../pictures/libvips.ts'
import type { WrittenColours } from './open-in-colours.ts'

const profiles = new Map<string, Promise<Buffer | undefined>>()

/** The ICC profile of colours; undefined for those that have none, which are grey and ink that no profile is asked for. */
export async function profileOf({
  pixelType,
  profile,
}: WrittenColours): Promise<Buffer | undefined> {
  if (pixelType === 'gray' || (pixelType === 'cmyk' && profile === undefined)) return undefined
  return readProfileOnce(profile?.profile ?? 'srgb')
}

async function readProfileOnce(name: string): Promise<Buffer | undefined> {
  const found = profiles.get(name) ?? readProfile(name)
  profiles.set(name, found)
  return found
}

/** Where a profile says which colours it is of, and what it says (ICC.1, 7.2.6). */
const SPACE_AT = 16
const SPACES = { rgb: 'RGB ', gray: 'GRAY', cmyk: 'CMYK' } as const

/**
 * Sees to it that colours can be converted into a profile; libvips would leave them as they are.
 *
 * @throws when it is none, or of another pixel type
 */
export async function requireProfile(colours: WrittenColours): Promise<void> {
  const { pixelType, profile } = colours
  if (profile === undefined) return
  const bytes = await readProfileOnce(profile.profile)
  const space = bytes?.toString('latin1', SPACE_AT, SPACE_AT + 4)
  if (space !== SPACES[pixelType]) {
    throw new TypeError(`${profile.profile} is no ICC profile of ${pixelType}`)
  }
}

/** libvips does not hand out those that it has but in a picture. */
async function readProfile(name: string): Promise<Buffer | undefined> {
  const pixel = { create: { width: 1, height: 1, channels: 3, background: 'white' } } as const
  const { icc } = await sharp(await sharp(pixel).withIccProfile(name).jpeg().toBuffer()).metadata()
  return icc
}
