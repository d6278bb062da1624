import { createHash, timingSafeEqual } from 'node:crypto'

/** The administrator, and the company of the house. */
export interface Credentials {
  readonly user: string
  readonly password: string
  readonly company: string
}

/** Whether two texts are the same; how long that takes says nothing of where they differ. */
export function isSameSecret(given: string, known: string): boolean {
  return timingSafeEqual(hash(given), hash(known))
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
