/** Assets of a kind that arrive, and what one of them takes. */
export interface Kind {
  readonly name: string
  /** Of all assets, from 0 to 1. */
  readonly share: number
  /** What the renditions that AEM asks for of it take of a processor, the service included, in seconds. */
  readonly seconds: number
}

/**
 * What a day brings: mostly photos. The seconds are those that `npm run scale -- --measure` told on two quiet cores of an AMD EPYC; another
 * machine differs. Half of those of a picture are for its metadata.
 */
export const KINDS: readonly Kind[] = [
  { name: 'photo of 24 megapixels', share: 0.6, seconds: 0.75 },
  { name: 'picture of 2 megapixels', share: 0.3, seconds: 0.58 },
  { name: 'PDF of a page', share: 0.1, seconds: 0.11 },
]

/**
 * How much those of a kind differ: the standard deviation of their seconds, in means. Files of twice and half the size are as common as
 * those between.
 */
export const SPREAD = 0.7
