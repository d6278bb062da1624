import type { AssetType } from '../../../contract/asset-types.ts'
import type { InspectedPresets } from './preset-routes.ts'

/** What of Image Serving the page shows and changes, as its door has it. */
export interface InspectedImages extends InspectedPresets {
  /** The company whose assets are found without its name. */
  readonly company: string
  readonly inspection: InspectedAssets
}

/** Something that requests name, as the door of Image Serving has it. */
export interface AssetFacts {
  readonly company: string
  readonly name: string
  readonly folder: string
  readonly type: AssetType
  /** Whether its file is one of the mounted folder. */
  readonly isMounted: boolean
  readonly original?:
    | { readonly name: string; readonly mediaType: string; readonly size: number }
    | undefined
  readonly modified: number
  readonly version: string
  readonly modifier?: string | undefined
  readonly postModifier?: string | undefined
  readonly crops: readonly CropFacts[]
  readonly members: readonly MemberFacts[]
}

/** A part of a picture that has a name, in parts of the picture, and the size in pixels that it is meant for. */
export interface CropFacts {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly forWidth: number
  readonly forHeight: number
}

/** One of an image set, and what is shown in its place where one chooses. */
export interface MemberFacts {
  readonly asset: string
  readonly swatch?: string | undefined
}

/** The assets of Image Serving. What is refused is so with a `ServiceError` and its sentence. */
export interface InspectedAssets {
  /** All companies that have assets. */
  readonly companies: () => Promise<readonly string[]>
  /** The folder whose files are assets by their names, if one is mounted. */
  readonly mountedFolder: string | undefined
  readonly list: (company: string) => Promise<readonly AssetFacts[]>
  readonly find: (company: string, name: string) => Promise<AssetFacts | undefined>
  /** The smart crops that an asset has without anybody having set them. */
  readonly findCrops: (
    company: string,
    name: string,
    signal: AbortSignal,
  ) => Promise<readonly CropFacts[]>
  /** Another one whenever an asset has come, changed or gone. */
  readonly stamp: () => Promise<string>
  /** @param onTaken - what is done when there is an asset of its name */
  readonly add: (
    company: string,
    file: {
      readonly fileName: string
      readonly contentType: string | undefined
      readonly body: ReadableStream<Uint8Array>
      readonly folder: string
    },
    onTaken: 'refuse' | 'replace' | 'number',
  ) => Promise<AssetFacts>
  readonly addSet: (
    company: string,
    name: string,
    set: { readonly folder: string; readonly members: readonly MemberFacts[] },
  ) => Promise<AssetFacts>
  readonly change: (
    company: string,
    name: string,
    changes: {
      readonly folder?: string | undefined
      readonly crops?: readonly CropFacts[] | undefined
      readonly members?: readonly MemberFacts[] | undefined
    },
  ) => Promise<AssetFacts>
  readonly rename: (company: string, name: string, to: string) => Promise<AssetFacts>
  readonly remove: (company: string, name: string) => Promise<void>
}
