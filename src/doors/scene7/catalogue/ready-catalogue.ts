import type { Asset, ReadyAssets } from './asset.ts'
import type { KeptAssets } from './kept-assets.ts'
import { keyOfPreset, type Preset, type Presets } from './presets.ts'
import { createReadings } from './readings.ts'

/** How many assets are remembered, and of how many companies the presets and profiles. */
const MOST_ASSETS = 20_000
const MOST_COMPANIES = 2000

/** What is kept of assets and presets, for who cannot wait for it. */
export interface ReadyCatalogue extends ReadyAssets {
  /**
   * See {@link Presets.find}.
   *
   * @throws {@link Unread}
   */
  readonly findPreset: (company: string, name: string) => Preset | undefined
  /** Whose assets there are. */
  readonly companies: () => Iterable<string>
  /** Whether there are assets of a company. */
  readonly hasCompany: (name: string) => boolean
  /** Hears of no more changes. */
  readonly close: () => void
}

/** Makes it; what was read stays until it changes. */
export async function openReadyCatalogue(
  kept: KeptAssets,
  presets: Presets,
): Promise<ReadyCatalogue> {
  const assets = createReadings<Asset | undefined>({
    what: (key) => `the asset ${key}`,
    read: readAsset,
    most: MOST_ASSETS,
  })
  const profiles = createReadings({
    what: (company) => `the profiles of ${company}`,
    read: kept.profiles,
    most: MOST_COMPANIES,
  })
  const presetsOf = createReadings({
    what: (company) => `the presets of ${company}`,
    read: async (company) =>
      new Map((await presets.list(company)).map((preset) => [keyOfPreset(preset.name), preset])),
    most: MOST_COMPANIES,
  })
  let companies = new Set(await kept.companies())
  let reading = Promise.resolve()

  /** With the members of a set, which are asked for next. */
  async function readAsset(key: string): Promise<Asset | undefined> {
    const [company, name] = companyAndName(key)
    const keep = assets.begin()
    const asset = await kept.find(company, name)
    const named = (asset?.members ?? []).flatMap((member) => [
      member.asset,
      member.swatch ?? member.asset,
    ])
    // They may have the name of the company before their own.
    const prefix = keyOf(company, '')
    const local = named.flatMap((each) =>
      each.startsWith(prefix) ? [each.slice(prefix.length)] : [],
    )
    const members = [...named, ...local]
    if (members.length === 0) return asset
    const found = await kept.several(company, members)
    for (const member of members) keep(keyOf(company, member), found.get(member))
    return asset
  }

  const unhear = [
    kept.listen((change) => {
      if (change === undefined) {
        assets.forgetAll()
        profiles.forgetAll()
        return readCompanies()
      }
      const { company, names, isGone } = change
      if (names === undefined) assets.forgetAll((key) => key.startsWith(keyOf(company, '')))
      else for (const name of names) assets.forget(keyOf(company, name))
      profiles.forget(company)
      companies.add(company)
      return isGone ? readCompanies() : undefined
    }),
    presets.listen((company) => {
      if (company === undefined) presetsOf.forgetAll()
      else presetsOf.forget(company)
    }),
  ]

  /** Looks which are still there; one after the other, so that the last answer is the newest. */
  function readCompanies(): Promise<void> {
    reading = reading.then(async () => {
      // Who cannot be asked now has them stay, which changes nothing but where names are looked for.
      companies = new Set(await kept.companies().catch(() => companies))
    })
    return reading
  }

  return {
    find: (company, name) => assets.get(keyOf(company, name)),
    profiles: profiles.get,
    findPreset: (company, name) => presetsOf.get(company).get(keyOfPreset(name)),
    close() {
      for (const end of unhear) end()
    },
    companies: () => companies,
    hasCompany: (name) => companies.has(name),
  }
}

/** No company has a slash in its name. */
function keyOf(company: string, name: string): string {
  return `${company}/${name}`
}

function companyAndName(key: string): readonly [company: string, name: string] {
  const slash = key.indexOf('/')
  return [key.slice(0, slash), key.slice(slash + 1)]
}
