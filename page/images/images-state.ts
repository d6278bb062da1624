import type {
  AssetDetail,
  AssetPage,
  ImagesOverview,
  ShownAsset,
} from '../../src/doors/page/images/asset-shapes.ts'

/** Which assets are listed beside those of the folder of the address. */
export interface AssetFilter {
  readonly text: string
  readonly type: ShownAsset['type'] | ''
}

/** A file that is on its way into the catalogue, or did not get there. */
export interface AssetUpload {
  readonly id: number
  readonly file: File
  readonly company: string
  readonly folder: string
  readonly state: 'waiting' | 'sending' | 'failed'
  /** From 0 to 1. */
  readonly progress: number
  /** Why it failed. */
  readonly problem?: string | undefined
  /** Whether it failed since there is an asset of its name. */
  readonly isTaken?: boolean | undefined
}

/** What the page knows of the assets of Image Serving. */
export interface ImagesState {
  /** Undefined until it was asked for. */
  readonly overview?: ImagesOverview | undefined
  /** Why the overview or the list could not be had. */
  readonly problem?: string | undefined
  /** Whose assets are listed; the company of the house unless chosen. */
  readonly company?: string | undefined
  readonly filter: AssetFilter
  /** What is listed, and of which folder. */
  readonly listed?: (AssetPage & { readonly of: string }) | undefined
  /** Whether a further page of the list is on its way. */
  readonly loadingMore?: boolean | undefined
  /** The names of those that are selected, in the order in which they were. */
  readonly selected: readonly string[]
  readonly uploads: readonly AssetUpload[]
  /** The asset that was looked at last. */
  readonly detail?: AssetDetail | undefined
  /** The one that was asked for last and could not be had, and why. */
  readonly missing?:
    | { readonly company: string; readonly name: string; readonly why: string }
    | undefined
}

/** What is known of them at first. */
export const NO_IMAGES: ImagesState = {
  filter: { text: '', type: '' },
  selected: [],
  uploads: [],
}
