import { type LookupOptions, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Whether webhooks can be sent to a URL at all: it is one of a web server. */
export function isReceiverUrl(url: string): boolean {
  const protocol = URL.parse(url)?.protocol
  return protocol === 'http:' || protocol === 'https:'
}

/** Addresses of this machine and of the networks that it is in; IPv4 in IPv6 is found by its IPv4 (RFC 6890). */
const LOCAL = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  LOCAL.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  LOCAL.addSubnet(network, bits, 'ipv6')
}

/** A receiver that is on this machine or in its networks, where webhooks are not sent. */
export class LocalReceiverError extends Error {
  override readonly name = 'LocalReceiverError'
}

/** @throws {@link LocalReceiverError} for the host of a URL that is a local address */
export function refuseLocalHost({ hostname }: URL): void {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) !== 0) refuseLocal(host)
}

/**
 * Looks a host name up as a connection does, and fails with a {@link LocalReceiverError} when an address of it is local. What
 * is connected to is what was looked at, so a name server cannot say another address the second time.
 */
export const lookupPublic: LookupFunction = (hostname, options: LookupOptions, callback) => {
  lookup(hostname, options, (error, address, family) => {
    try {
      const found = typeof address === 'string' ? [{ address }] : (address ?? [])
      for (const each of found) refuseLocal(each.address)
      callback(error, address, family)
    } catch (refusal) {
      if (refusal instanceof LocalReceiverError) callback(refusal, '')
      else throw refusal
    }
  })
}

function refuseLocal(address: string): void {
  if (LOCAL.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) {
    throw new LocalReceiverError(`${address} is an address of this machine or its networks`)
  }
}
