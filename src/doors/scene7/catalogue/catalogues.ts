import type { Catalogue, CatalogueEntry } from '../../../image-serving/catalogue.ts'
import type { Asset, ReadyAssets, SmartCrop } from './asset.ts'
import type { Attributes } from './attributes-file.ts'
import type { CompanyAttributes } from './attributes.ts'
import { createProfiles } from './profiles.ts'
import type { ReadyCatalogue } from './ready-catalogue.ts'
import type { SmartCrops } from './smart-crops.ts'

/** What a name in a request names. */
export interface FoundAsset {
  readonly asset: Asset
  /** What of it was asked for by `asset:Name`. */
  readonly crop: SmartCrop | undefined
}

/** What is looked up in a request of one company. */
export interface CompanyCatalogue extends Catalogue {
  readonly attributes: CompanyAttributes
}

/** What requests are looked up in. */
export interface Catalogues {
  /** The company whose assets are found without its name. */
  readonly company: string
  /** The company that a path begins with; that of the house when it begins with none. */
  readonly companyOf: (object: string) => string
  /** What is looked up at a URL below `/is/image` or `/is/content`; for one that names nothing that of the own company. */
  readonly at: (url: string) => CompanyCatalogue
  /** Whether it is the name of a company, and of nothing in it. */
  readonly isCompany: (object: string) => boolean
  /** What is looked up in a request of a company. */
  readonly of: (company: string) => CompanyCatalogue
  /** An asset, first among those of the company (r-object). */
  readonly find: (company: string, object: string) => FoundAsset | undefined
  readonly smartCrops: SmartCrops
}

/**
 * Makes the catalogues of all companies.
 *
 * @param options.company - whose assets are found without its name
 * @param options.hasCompany - tells of those that there are beside it
 */
export function createCatalogues(options: {
  readonly assets: ReadyAssets
  readonly findPreset: ReadyCatalogue['findPreset']
  readonly company: string
  readonly hasCompany: ReadyCatalogue['hasCompany']
  readonly attributes: Attributes
  readonly smartCrops: SmartCrops
}): Catalogues {
  const { assets, findPreset, company: ownCompany, attributes, smartCrops } = options
  const isCompany = (name: string): boolean => name === ownCompany || options.hasCompany(name)

  function find(company: string, object: string): FoundAsset | undefined {
    if (object.startsWith('/')) return find(ownCompany, object.slice(1))
    const slash = object.indexOf('/')
    const first = object.slice(0, Math.max(slash, 0))
    const places: (readonly [company: string, name: string])[] = [[company, object]]
    if (isCompany(first)) places.push([first, object.slice(slash + 1)])
    // What a company does not have may be there for all.
    const [, last = object] = places.at(-1) ?? []
    places.push([ownCompany, last])
    for (const [place, name] of places) {
      const found = findIn(place, name)
      if (found) return found
    }
    return undefined
  }

  function findIn(company: string, name: string): FoundAsset | undefined {
    const whole = assets.find(company, name)
    if (whole) return { asset: whole, crop: undefined }
    const colon = name.lastIndexOf(':')
    const asset = colon > 0 ? assets.find(company, name.slice(0, colon)) : undefined
    const crop = asset && smartCrops.find(asset, name.slice(colon + 1))
    return asset && crop && { asset, crop }
  }

  const profiles = createProfiles({
    assets,
    find: (company, object) => find(company, object)?.asset,
    // What a company does not have may be there for all.
    companies: (company) => [...new Set([company, ownCompany])],
  })

  function companyOf(object: string): string {
    const [first = ''] = object.split('/')
    return isCompany(first) ? first : ownCompany
  }

  const of = (company: string): CompanyCatalogue => ({
    attributes: attributes.of(company),
    find(object) {
      const found = find(company, object)
      return found && toEntry(found)
    },
    findProfile: (name) => profiles.find(company, name),
    findMacro: (name) => (findPreset(company, name) ?? findPreset(ownCompany, name))?.commands,
  })

  return {
    company: ownCompany,
    smartCrops,
    find,
    isCompany,
    companyOf,
    of,
    at(url) {
      const [, , , encoded = ''] = new URL(url).pathname.split('/')
      try {
        return of(companyOf(decodeURIComponent(encoded)))
      } catch {
        return of(ownCompany)
      }
    },
  }
}

/** The one name of what was found, by which it is found again. */
export function objectOf({ asset, crop }: FoundAsset): string {
  return `${asset.company}/${asset.name}${crop ? `:${crop.name}` : ''}`
}

function toEntry(found: FoundAsset): CatalogueEntry {
  const { asset, crop } = found
  const { modifier, postModifier, resolution } = asset
  const part = crop && `cropN=${crop.x},${crop.y},${crop.width},${crop.height}`
  const commands = [modifier, part].filter((each) => each !== undefined && each !== '').join('&')
  return {
    object: objectOf(found),
    modifier: commands === '' ? undefined : commands,
    postModifier,
    resolution,
  }
}
