import type { Asset, AssetSource, MountedAssets, ReadyAssets } from './asset.ts'

/**
 * Looks for assets among those that are kept, and then among those that are mounted; what is kept of a mounted one is
 * added to what its file tells.
 */
export function combineAssets(kept: AssetSource, mounted: MountedAssets | undefined): AssetSource {
  return {
    find: async (company, name) => combine(await kept.find(company, name), mounted, company, name),
    async several(company, names) {
      const known = await kept.several(company, names)
      const all = names.flatMap((name): [string, Asset][] => {
        const asset = combine(known.get(name), mounted, company, name)
        return asset ? [[name, asset]] : []
      })
      return new Map(all)
    },
    async list(company) {
      const known = await kept.list(company)
      const combined = known.map((asset) => combine(asset, mounted, company, asset.name) ?? asset)
      return withOthers(combined, mounted?.list(company) ?? [])
    },
  }
}

/** The same for who cannot wait. */
export function combineReadyAssets(
  kept: ReadyAssets,
  mounted: MountedAssets | undefined,
): ReadyAssets {
  const find = (company: string, name: string): Asset | undefined =>
    combine(kept.find(company, name), mounted, company, name)
  return {
    find,
    profiles(company) {
      const files = mounted?.list(company).filter(({ type }) => type === 'profile') ?? []
      const combined = files.map((file) => find(company, file.name) ?? file)
      return withOthers(
        kept.profiles(company),
        combined.filter(({ type }) => type === 'profile'),
      )
    },
  }
}

function combine(
  known: Asset | undefined,
  mounted: MountedAssets | undefined,
  company: string,
  name: string,
): Asset | undefined {
  if (known?.original || known?.type === 'set') return known
  const file = mounted?.find(company, name)
  if (!file || !known) return known ?? file
  return {
    ...known,
    folder: file.folder,
    type: file.type,
    original: file.original,
    isMounted: true,
    modified: Math.max(known.modified, file.modified),
    version: `${file.version}:${known.version}`,
  }
}

/** Adds others to some assets unless they have one of the name. */
function withOthers(assets: readonly Asset[], others: readonly Asset[]): readonly Asset[] {
  const names = new Set(assets.map(({ name }) => name))
  const all = [...assets, ...others.filter(({ name }) => !names.has(name))]
  return all.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
