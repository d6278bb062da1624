import type { KeptAssets } from '../catalogue/kept-assets.ts'

/** What the developer page shows of the assets, beside what everybody is answered. */
export interface AssetInspection {
  /** All companies that have assets. */
  readonly companies: () => readonly string[]
  /** The folder whose files are assets by their names, if one is mounted. */
  readonly mountedFolder: string | undefined
}

/** @param options.mountedFolder - as it was given */
export function createAssetInspection({
  kept,
  mountedFolder,
}: {
  readonly kept: Pick<KeptAssets, 'companies'>
  readonly mountedFolder: string | undefined
}): AssetInspection {
  return { companies: kept.companies, mountedFolder }
}
