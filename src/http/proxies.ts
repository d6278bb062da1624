import { BlockList, isIP } from 'node:net'

/** Whether the proxy at an address is believed who has asked it. */
export type TrustedProxies = (address: string) => boolean

/**
 * Reads the addresses of proxies, and of networks in which all that connect are proxies: `192.0.2.7, 10.0.0.0/8`.
 *
 * @returns undefined for what is something else
 */
export function readTrustedProxies(text: string): TrustedProxies | undefined {
  const list = new BlockList()
  for (const entry of text.split(',')) {
    const [, address = '', length] = /^\s*([\d.a-f:]+)(?:\/(\d{1,3}))?\s*$/i.exec(entry) ?? []
    const family = isIP(address)
    if (family === 0) return undefined
    const bits = length === undefined ? undefined : Number(length)
    if (bits !== undefined && bits > (family === 4 ? 32 : 128)) return undefined
    const type = nameOf(family)
    if (bits === undefined) list.addAddress(address, type)
    else list.addSubnet(address, bits, type)
  }
  return (address) => list.check(address, nameOf(isIP(address)))
}

function nameOf(family: number): 'ipv4' | 'ipv6' {
  return family === 6 ? 'ipv6' : 'ipv4'
}

/**
 * Who has asked: as `X-Forwarded-For` tells it, to which each proxy adds whoever has asked it, as far as those who tell it are believed.
 *
 * @param peer - who is at the other end of the connection
 * @param forwardedFor - the header, the last proxy's word at its end
 */
export function behindProxies(
  peer: string,
  forwardedFor: string | undefined,
  isTrusted: TrustedProxies,
): string {
  const told = (forwardedFor ?? '').split(',').map((each) => each.trim())
  let client = peer
  while (isTrusted(client)) {
    const next = addressIn(told.pop() ?? '')
    if (next === undefined) return client
    client = next
  }
  return client
}

/** Some proxies tell the port as well, and have brackets around IPv6. */
function addressIn(text: string): string | undefined {
  const [, inBrackets, withPort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? []
  const address = inBrackets ?? withPort ?? text
  return isIP(address) === 0 ? undefined : address
}
