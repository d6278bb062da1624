import type { LayerFile } from '../../../engine/layers/view-order.ts'
import { bringHere } from '../serving/bring-original.ts'
import { Unprepared } from '../serving/unprepared.ts'
import type { Asset, SmartCrop } from './asset.ts'
import type { Attributes } from './attributes-file.ts'
import type { CropProfile } from './attributes.ts'
import type { FoundCrops } from './found-crops.ts'

/**
 * Finds the parts of a picture that draw attention, in these shapes.
 *
 * @returns in parts of the picture, in the order of `shapes`
 * @throws {@link OperationError} when it is no picture, or damaged
 */
export type FindAttention = (
  source: LayerFile,
  shapes: readonly { readonly width: number; readonly height: number }[],
  signal: AbortSignal,
) => Promise<
  readonly {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }[]
>

/** The smart crops of assets: those that are kept with one, and those that every picture of its company has. */
export interface SmartCrops {
  /** @throws {@link Unprepared} */
  readonly all: (asset: Asset) => readonly SmartCrop[]
  /**
   * @returns undefined when there is none of this name
   * @throws {@link Unprepared}
   */
  readonly find: (asset: Asset, name: string) => SmartCrop | undefined
}

export function createSmartCrops({
  attributes,
  found,
  findAttention,
}: {
  readonly attributes: Attributes
  readonly found: FoundCrops
  readonly findAttention: FindAttention
}): SmartCrops {
  /** What is kept with an asset goes before what all have. */
  function profilesOf({ company, type, crops }: Asset): readonly CropProfile[] {
    if (type !== 'picture') return []
    const kept = new Set(crops.map(({ name }) => name))
    return attributes.of(company).smartCrops.filter(({ name }) => !kept.has(name))
  }

  function demand(asset: Asset, profile: CropProfile): SmartCrop {
    const crop = found.get(asset, profile)
    if (crop) return crop
    throw new Unprepared(`the smart crops of ${asset.company}/${asset.name}`, (signal) =>
      look(asset, signal),
    )
  }

  /** Looks for all of an asset at once, since its picture has to be decoded for each of them. */
  async function look(asset: Asset, signal: AbortSignal): Promise<void> {
    const { original } = asset
    const profiles = profilesOf(asset)
    if (!original || profiles.length === 0) return
    await bringHere(original, signal)
    const source = { path: original.path, name: original.name }
    const parts = await findAttention(source, profiles, signal)
    const crops = profiles.flatMap(({ name, width, height }, at) => {
      const part = parts[at]
      return part ? [{ name, ...part, forWidth: width, forHeight: height }] : []
    })
    await found.put(asset, crops)
  }

  return {
    all(asset) {
      const others = profilesOf(asset).map((profile) => demand(asset, profile))
      return [...asset.crops, ...others]
    },
    find(asset, name) {
      const kept = asset.crops.find((each) => each.name === name)
      if (kept) return kept
      const profile = profilesOf(asset).find((each) => each.name === name)
      return profile && demand(asset, profile)
    },
  }
}
