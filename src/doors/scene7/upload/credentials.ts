import { createHash, timingSafeEqual } from 'node:crypto'
import { IpsFault } from '../ips/ips-fault.ts'
import type { XmlElement } from './xml-element.ts'
import { textOf } from './xml-element.ts'

/** Who may upload, and for which company. */
export interface Credentials {
  readonly user: string
  readonly password: string
  readonly company: string
}

/**
 * Checks what a client says who it is; how long that takes says nothing of what is right.
 *
 * @param header - an `authHeader`
 * @throws {@link IpsFault}
 */
export function checkCredentials(header: XmlElement, known: Credentials): void {
  const [user, password] = [textOf(header, 'user'), textOf(header, 'password')]
  if (header.name !== 'authHeader' || user === undefined || password === undefined) {
    throw new IpsFault(
      'noCredentials',
      'The part "auth" must be an authHeader with user and password.',
    )
  }
  const isUser = isSameSecret(user, known.user)
  const isPassword = isSameSecret(password, known.password)
  if (!isUser || !isPassword) {
    throw new IpsFault(
      'invalidCredentials',
      'User or password is wrong: those of scene7.env in the state folder are right.',
    )
  }
}

/** Whether two texts are the same; how long that takes says nothing of where they differ. */
export function isSameSecret(given: string, known: string): boolean {
  return timingSafeEqual(hash(given), hash(known))
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
