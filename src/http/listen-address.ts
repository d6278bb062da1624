import { BlockList, isIP, isIPv6 } from 'node:net'

/** What only this machine can connect to. */
const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** An address of this machine to listen at, and the port there where it was given. */
export interface ListenAddress {
  readonly address: string
  readonly port: number | undefined
}

/**
 * Reads `address` or `address:port`; an IPv6 address that has a port behind it is in brackets.
 *
 * @returns undefined for what is neither
 */
export function readListenAddress(text: string): ListenAddress | undefined {
  const bare = text === 'localhost' ? '127.0.0.1' : text
  if (isIP(bare) !== 0) return { address: bare, port: undefined }
  const [, inBrackets, other = '', digits] =
    /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(text) ?? []
  const address = inBrackets ?? (other === 'localhost' ? '127.0.0.1' : other)
  const port = digits === undefined ? undefined : Number(digits)
  const isAddress = inBrackets === undefined ? isIP(address) === 4 : isIPv6(address)
  return isAddress && (port ?? 0) <= 65_535 ? { address, port } : undefined
}

/** Whether only this machine can connect to an address. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
