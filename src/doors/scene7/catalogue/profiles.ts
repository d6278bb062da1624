import path from 'node:path'
import type { ProfileEntry } from '../../../image-serving/catalogue.ts'
import { RequestError } from '../../../image-serving/request-error.ts'
import { type IccHeader, readIccHeader, UnusableProfile } from '../../../sources/icc-header.ts'
import { requireHere } from '../serving/bring-original.ts'
import type { Asset, ReadyAssets, Original } from './asset.ts'

/** How many profiles are remembered. */
const MOST_REMEMBERED = 1000

/** The extensions that a request may leave out, and have where the asset has none. */
const EXTENSIONS = ['.icc', '.icm']

/** The ICC profiles among the assets. */
export interface Profiles {
  /**
   * A profile by the name of its asset, with or without the extension, or by what it calls itself.
   *
   * @throws {@link RequestError} when it is no profile that colours can be converted into
   */
  readonly find: (company: string, name: string) => ProfileEntry | undefined
}

/**
 * Finds profiles among assets.
 *
 * @param options.find - finds an asset as any other request does
 * @param options.companies - those in which a profile is looked for by what it calls itself
 */
export function createProfiles({
  find,
  assets,
  companies,
}: {
  readonly find: (company: string, object: string) => Asset | undefined
  readonly assets: Pick<ReadyAssets, 'profiles'>
  readonly companies: (company: string) => readonly string[]
}): Profiles {
  const known = new Map<string, IccHeader | UnusableProfile>()

  /** Each file is read once until it is another. */
  function read(original: Original, { version }: Asset): IccHeader | UnusableProfile {
    const { path: file } = original
    const key = `${file} ${version}`
    const before = known.get(key)
    if (before) return before
    requireHere(original)
    if (known.size >= MOST_REMEMBERED) known.clear()
    const profile = readOrRefuse(file)
    known.set(key, profile)
    return profile
  }

  function findByDescription(company: string, name: string): ProfileEntry | undefined {
    for (const each of companies(company)) {
      for (const asset of assets.profiles(each)) {
        if (!asset.original) continue
        const profile = read(asset.original, asset)
        if (profile instanceof UnusableProfile) continue
        if (profile.description.toLowerCase() === name.toLowerCase()) {
          return toEntry(asset, asset.original, profile)
        }
      }
    }
    return undefined
  }

  return {
    find(company, name) {
      const found = spellings(name)
        .map((each) => find(company, each))
        .find((asset) => asset?.type === 'profile')
      if (!found?.original) return findByDescription(company, name)
      const profile = read(found.original, found)
      if (profile instanceof UnusableProfile) {
        throw new RequestError(`icc=${name} cannot be used: it ${profile.message}.`, 'icc')
      }
      return toEntry(found, found.original, profile)
    },
  }
}

function toEntry(asset: Asset, original: Original, profile: IccHeader): ProfileEntry {
  const { pixelType } = profile
  const object = `${asset.company}/${asset.name}`
  return { object, path: original.path, version: asset.version, pixelType }
}

function spellings(name: string): readonly string[] {
  const extension = path.posix.extname(name)
  const isWritten = EXTENSIONS.includes(extension.toLowerCase())
  const bare = isWritten ? [name.slice(0, -extension.length)] : []
  return [name, ...bare, ...EXTENSIONS.map((each) => `${name}${each}`)]
}

function readOrRefuse(file: string): IccHeader | UnusableProfile {
  try {
    return readIccHeader(file)
  } catch (error) {
    if (error instanceof UnusableProfile) return error
    throw error
  }
}
