import { type ServingAttributes, UNLIMITED } from '../../../image-serving/catalogue.ts'

/** What holds where a request says nothing; a catalogue of Adobe's has these as its attributes. */
export const ATTRIBUTES: ServingAttributes = {
  ...UNLIMITED,
  maxPix: { width: 5000, height: 5000 },
  // As servers of Adobe's answer a request that says no size.
  defaultPix: { width: 400, height: 400 },
}

/** The size of a thumbnail unless a request says one, in pixels. */
export const THUMBNAIL = { width: 100, height: 100 }

/** How long an answer may be kept without asking whether it still holds, in seconds: changes show at once. */
export const EXPIRATION_S = 0
