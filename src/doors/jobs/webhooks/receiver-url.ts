import { type LookupOptions, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { isWithin } from '../../../fetching/reach.ts'

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
  // Plain http: is as good as https: here, so that only the address counts.
  if (!isWithin(address, 'internet', true)) {
    throw new LocalReceiverError(`${address} is an address of this machine or its networks`)
  }
}
