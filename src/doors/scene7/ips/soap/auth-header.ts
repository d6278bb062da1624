import { textOf, type XmlElement } from '../../upload/xml-element.ts'
import { FAULT_STATUS, IpsFault } from '../ips-fault.ts'

/** Who a client says that it is. */
export type Claim =
  | { readonly by: 'password'; readonly user: string; readonly password: string }
  | { readonly by: 'token'; readonly token: string }

/** What a client says beside what it asks for. */
export interface AuthHeader {
  readonly claim: Claim | undefined
  /** Whether it wants no compressed answer although its program takes one. */
  readonly isPlain: boolean
  /** Of faults. */
  readonly faultStatus: number
}

const HEADERS: readonly string[] = ['authHeader', 'AuthUser', 'AuthPassword']

/**
 * Reads who calls: from an `authHeader` with or without a date in its namespace, from the headers that were there before it, or
 * from HTTP Basic.
 *
 * @param headers - those of the message
 * @param authorization - the header of the request
 */
export function readAuthHeader(
  headers: readonly XmlElement[],
  authorization: string | undefined,
): AuthHeader {
  const header = headers.find(({ name }) => name === 'authHeader')
  const read = (name: string): string | undefined => header && textOf(header, name)
  const status = Number(read('faultHttpStatusCode'))
  return {
    claim: claimOf(header) ?? legacyClaim(headers) ?? basicClaim(authorization),
    isPlain: /^(?:false|0)$/.test(read('gzipResponse') ?? ''),
    faultStatus: Number.isInteger(status) && status >= 200 && status <= 599 ? status : FAULT_STATUS,
  }
}

/** @throws {@link IpsFault} `invalidXml` for a header that must be understood and is not */
export function refuseUnknownHeaders(headers: readonly XmlElement[]): void {
  const unknown = headers.find(({ name, isMandatory }) => isMandatory && !HEADERS.includes(name))
  if (!unknown) return
  throw new IpsFault(
    'invalidXml',
    `The header ${JSON.stringify(unknown.name.slice(0, 60))} must be understood, and is not: there are ${HEADERS.join(', ')}.`,
  )
}

function claimOf(header: XmlElement | undefined): Claim | undefined {
  if (!header) return undefined
  const token = textOf(header, 'accessToken')
  if (token !== undefined) return { by: 'token', token }
  return passwordClaim(textOf(header, 'user'), exactText(header.children, 'password'))
}

function legacyClaim(headers: readonly XmlElement[]): Claim | undefined {
  const user = exactText(headers, 'AuthUser')?.trim()
  return passwordClaim(user, exactText(headers, 'AuthPassword'))
}

function basicClaim(authorization: string | undefined): Claim | undefined {
  const encoded = /^Basic\s+([a-z0-9+/=_-]+)\s*$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, 'base64').toString()
  const colon = pair.indexOf(':')
  return colon === -1 ? undefined : passwordClaim(pair.slice(0, colon), pair.slice(colon + 1))
}

function passwordClaim(user: string | undefined, password: string | undefined): Claim | undefined {
  if (user === undefined || user === '' || password === undefined || password === '') {
    return undefined
  }
  return { by: 'password', user, password }
}

function exactText(elements: readonly XmlElement[], name: string): string | undefined {
  return elements.find((element) => element.name === name)?.text
}
