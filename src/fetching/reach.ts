import { lookup } from 'node:dns'
import type { Agent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'
import { Agent as HttpAgent } from '../base/node-http.ts'
import { FetchError } from './fetched-file.ts'

/**
 * How far somebody else's addresses reach: `internet` is only what anybody can reach, and encrypted; `machine` adds this
 * machine itself, and `network` also the private networks that it is in, both without encryption as well. What is
 * reachable by nobody's choice, such as the metadata service of a cloud, is in none of them.
 */
export type Reach = 'internet' | 'machine' | 'network'

const LOOPBACK = blockList('127.0.0.0/8', '::1/128')

const PRIVATE = blockList(
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
)

/** Nobody's, everybody's, or only for machines on the same wire (RFC 6890); with the IPv6 addresses that hide one of IPv4. */
const NEVER = blockList(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/128',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  'fe80::/10',
  'ff00::/8',
)

/** Connections to the hosts within a {@link Reach}; they are kept for the next request. */
export interface Connections {
  /**
   * What connects to the host of a URL.
   *
   * @throws {@link FetchError} when the URL is out of reach; a name is looked up only when there is a connection to be made
   */
  agentFor(url: URL): Agent
  /** Ends those that are not in use, and the others once they are not. */
  close(): void
}

/**
 * Opens no connection yet.
 *
 * @param ownStorage - what URLs begin with that are of this service's own storage, wherever that is; none unless given
 */
export function openConnections(reach: Reach, ownStorage: readonly string[] = []): Connections {
  const options = { keepAlive: true, timeout: 30_000 }
  const plain = new HttpAgent({ ...options, lookup: lookupWithin(reach, false) })
  const secure = new HttpsAgent({ ...options, lookup: lookupWithin(reach, true) })
  // By itself, since connections are kept by host.
  const own = new HttpsAgent({ ...options, lookup: lookupWithin('network', true) })
  return {
    agentFor(url) {
      if (ownStorage.some((storage) => url.href.startsWith(storage)) && url.protocol === 'https:') {
        return own
      }
      const encrypted = url.protocol === 'https:'
      if (!encrypted && (url.protocol !== 'http:' || reach === 'internet')) {
        throw new FetchError('it is no https: URL')
      }
      checkAddress(url.hostname, reach, encrypted)
      return encrypted ? secure : plain
    },
    close() {
      for (const agent of [plain, secure, own]) agent.destroy()
    },
  }
}

/** What URLs of the storage of a service begin with. */
export function storageOf(origin: string): string {
  return `${origin}/storage/objects/`
}

/**
 * Refuses a host that is an address out of reach. Node.js looks no such host up, so that {@link lookupWithin} never sees it.
 *
 * @throws {@link FetchError} when it is
 */
export function checkAddress(host: string, reach: Reach, encrypted: boolean): void {
  const address = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) !== 0 && !isWithin(address, reach, encrypted)) throw outOfReach(encrypted)
}

/** Looks names up, and knows of no address that is out of reach. */
export function lookupWithin(reach: Reach, encrypted: boolean): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, [])
      const addresses = found.filter(({ address }) => isWithin(address, reach, encrypted))
      const [first] = addresses
      if (first === undefined) return callback(outOfReach(encrypted), [])
      if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

/** Whether an IP address is within reach. */
export function isWithin(address: string, reach: Reach, encrypted: boolean): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  if (NEVER.check(address, family)) return false
  if (LOOPBACK.check(address, family)) return reach !== 'internet'
  if (PRIVATE.check(address, family)) return reach === 'network'
  return encrypted
}

function outOfReach(encrypted: boolean): FetchError {
  return new FetchError(
    encrypted
      ? 'its host is not one that this service may connect to'
      : 'its host is not one that this service may connect to without TLS',
  )
}

function blockList(...subnets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [address = '', prefix] = subnet.split('/')
    // The pattern of `isIPv6` takes longer to make than all these lists.
    list.addSubnet(address, Number(prefix), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
