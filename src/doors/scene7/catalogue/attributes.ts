import { type ServingAttributes, UNLIMITED } from '../../../image-serving/catalogue.ts'

/**
 * How much is told of an error (r-errordetail): 0 and 1 its kind, 2 what is wrong, and 3 where in this program as well.
 */
export type ErrorDetail = 0 | 1 | 2 | 3

/** A smart crop that every picture of a company has: `asset:Name` asks for it. */
export interface CropProfile {
  readonly name: string
  /** For which size it is meant, in pixels; the part of the picture has its shape. */
  readonly width: number
  readonly height: number
}

/** How long answers may be kept without asking whether they still hold, in seconds; endless for those that always do. */
export interface Expirations {
  readonly pictures: number
  /** Of pictures of the default image. */
  readonly defaultImages: number
  /** Of what is no picture. */
  readonly others: number
}

/** What holds for a company where a request says nothing; a catalogue of Adobe's has these as its attributes. */
export interface CompanyAttributes extends ServingAttributes {
  /** The size of a thumbnail unless a request says one, in pixels. */
  readonly defaultThumbPix: { readonly width: number; readonly height: number }
  readonly expirations: Expirations
  readonly errorDetail: ErrorDetail
  /** The name of an object that is shown in place of a picture that cannot be made; undefined for none. */
  readonly errorImage: string | undefined
  readonly smartCrops: readonly CropProfile[]
}

/** What holds where a company has no attributes of its own. */
export const ATTRIBUTES: CompanyAttributes = {
  ...UNLIMITED,
  maxPix: { width: 5000, height: 5000 },
  // As servers of Adobe's answer a request that says no size.
  defaultPix: { width: 400, height: 400 },
  defaultThumbPix: { width: 100, height: 100 },
  // Changes show at once.
  expirations: { pictures: 0, defaultImages: 0, others: 0 },
  // As for developers.
  errorDetail: 2,
  errorImage: undefined,
  // Those of the example in AEM's pages about image profiles.
  smartCrops: [
    { name: 'Large', width: 1200, height: 800 },
    { name: 'Medium', width: 900, height: 600 },
    { name: 'Small', width: 300, height: 600 },
  ],
}
