import type { AssetType } from '../../../contract/asset-types.ts'

/** The file that an asset was made from. */
export interface Original {
  /** Where it is on this machine, once {@link Original.bring} has been there. */
  readonly path: string
  /** Fetches it where it is not at its path; undefined for what is nowhere else. */
  readonly bring?: ((signal: AbortSignal) => Promise<void>) | undefined
  /** What somebody calls it. */
  readonly name: string
  readonly mediaType: string
  /** In bytes. */
  readonly size: number
}

/** A part of a picture that has a name: `asset:Name` asks for it. */
export interface SmartCrop {
  readonly name: string
  /** In parts of the picture, each from 0 to 1. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** For which size it is meant, in pixels. */
  readonly forWidth: number
  readonly forHeight: number
}

/** One of an image set. */
export interface SetMember {
  /** The name of its asset, with or without that of its company. */
  readonly asset: string
  /** The name of the asset that is shown in its place where one chooses. */
  readonly swatch?: string | undefined
}

/** Something that requests name. */
export interface Asset {
  readonly company: string
  readonly name: string
  /** Where people look for it, such as `summer/shoes`; requests do not name it. Empty for the topmost. */
  readonly folder: string
  readonly type: AssetType
  readonly original?: Original | undefined
  /** Whether its file is one of the mounted folder. */
  readonly isMounted?: boolean
  /** In milliseconds of the epoch. */
  readonly modified: number
  /** Another one whenever anything of it is changed. */
  readonly version: string
  /** In pixels, where somebody has looked. */
  readonly width?: number | undefined
  readonly height?: number | undefined
  /** Pixels a unit, for `res`. */
  readonly resolution?: number | undefined
  /** Commands that hold unless a request says otherwise, and those that hold whatever it says. */
  readonly modifier?: string | undefined
  readonly postModifier?: string | undefined
  readonly crops: readonly SmartCrop[]
  readonly members: readonly SetMember[]
}

/** Where assets are looked for. */
export interface AssetSource {
  /** The asset of this name in this company; both are case-sensitive. */
  readonly find: (company: string, name: string) => Promise<Asset | undefined>
  /** The assets of those of these names that there are, by that which was looked for. */
  readonly several: (
    company: string,
    names: readonly string[],
  ) => Promise<ReadonlyMap<string, Asset>>
  /** All of a company, by their names. */
  readonly list: (company: string) => Promise<readonly Asset[]>
}

/** Where assets are looked for by who cannot wait: a request of Image Serving is read at one go. */
export interface ReadyAssets {
  /**
   * See {@link AssetSource.find}.
   *
   * @throws {@link Unprepared} when it has to be read first
   */
  readonly find: (company: string, name: string) => Asset | undefined
  /**
   * The profiles of a company, by their names.
   *
   * @throws {@link Unprepared}
   */
  readonly profiles: (company: string) => readonly Asset[]
}

/** The assets that are files of a folder. */
export interface MountedAssets {
  readonly find: (company: string, name: string) => Asset | undefined
  readonly list: (company: string) => readonly Asset[]
}
