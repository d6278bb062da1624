import sharp from 'sharp'

// Nothing is ever decoded twice from the same file here, so a cache of decoded pixels would only hold memory back from
// the next rendition. It would also answer with old pixels when a path is reused for another source.
sharp.cache(false)

// Renditions run beside each other (see queue.ts); more threads inside each of them would only contend for the same cores.
sharp.concurrency(1)

/**
 * Incomplete and undecodable data fails; what decoders only warn about does not, since much of the world's JPEGs have
 * a few odd bytes between two markers and look perfect.
 */
export const FAIL_ON = 'error'

export { sharp }
