import { createHmac } from 'node:crypto'
import { endpointUrl } from '../endpoint.ts'
import { type Call, openWire, type Wire } from '../http/wire.ts'
import { readXml } from '../http/xml.ts'
import type { PeerContext } from '../peer.ts'
import type { AzureOptions } from './azure-options.ts'

const VERSION = '2021-12-02'

/** The headers of a request that are signed by their values alone, in their order. */
const SIGNED = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
] as const

/** Sends requests with the key of an account, or with a shared access signature. */
export function openAzureWire(options: AzureOptions, context: PeerContext): Wire {
  const { storage_account: account, storage_access_key: key } = options
  return openWire(
    {
      sign(call) {
        const headers = {
          ...call.headers,
          'x-ms-date': new Date().toUTCString(),
          'x-ms-version': VERSION,
        }
        if (key === undefined) return headers
        const text = stringToSign({ ...call, headers }, account)
        const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text)
        return { ...headers, authorization: `SharedKey ${account}:${signature.digest('base64')}` }
      },
      reasonOf({ headers, text }) {
        const xml = readXml(text)
        const code = headers['x-ms-error-code']
        // Further lines repeat the request's number and time.
        const message = xml.text('Message')?.split('\n')[0]
        return { code: typeof code === 'string' ? code : xml.text('Code'), message }
      },
    },
    context,
  )
}

/**
 * What a shared key signs, as "Authorize with Shared Key" of Azure's documentation says.
 *
 * @param account - whose key it is
 */
function stringToSign({ method = 'GET', url, headers = {} }: Call, account: string): string {
  const values = SIGNED.map((name) => {
    const value = headers[name] ?? ''
    return name === 'content-length' && value === '0' ? '' : value
  })
  const own = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-ms-'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}`)
  const query = [...url.searchParams]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}`)
  return [method, ...values, ...own, `/${account}${url.pathname}`, ...query].join('\n')
}

/** The URL of a container, without a slash at its end. */
export function containerUrl({ storage_account, endpoint, container }: AzureOptions): string {
  const url = endpoint === undefined ? undefined : endpointUrl(endpoint)
  const base =
    url === undefined
      ? `https://${storage_account}.blob.core.windows.net`
      : `${url.origin}${url.pathname.replace(/\/$/, '')}`
  return `${base}/${container}`
}

/** A URL with a query, and the shared access signature if that is what lets it through. */
export function withAccess(
  url: string | URL,
  { sas_token: token }: AzureOptions,
  query: Readonly<Record<string, string>> = {},
): URL {
  const target = new URL(url)
  const access = token === undefined ? [] : [...new URLSearchParams(token)]
  for (const [name, value] of [...Object.entries(query), ...access]) {
    target.searchParams.set(name, value)
  }
  return target
}
