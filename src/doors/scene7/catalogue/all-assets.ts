import type { Asset, AssetSource } from './asset.ts'

/**
 * Looks for assets among those that are kept, and then among those that are mounted; what is kept of a mounted one is
 * added to what its file tells.
 */
export function combineAssets(kept: AssetSource, mounted: AssetSource | undefined): AssetSource {
  function combine(company: string, name: string, known: Asset | undefined): Asset | undefined {
    if (known?.original || known?.type === 'set') return known
    const file = mounted?.find(company, name)
    if (!file || !known) return known ?? file
    return {
      ...known,
      folder: file.folder,
      type: file.type,
      original: file.original,
      modified: Math.max(known.modified, file.modified),
      version: `${file.version}:${known.version}`,
    }
  }

  return {
    find: (company, name) => combine(company, name, kept.find(company, name)),
    list(company) {
      const known = kept.list(company).map((asset) => combine(company, asset.name, asset) ?? asset)
      const names = new Set(known.map(({ name }) => name))
      const others = (mounted?.list(company) ?? []).filter(({ name }) => !names.has(name))
      return [...known, ...others].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    },
  }
}
