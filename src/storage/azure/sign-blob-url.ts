import { createHmac } from 'node:crypto'
import type { AzureSettings } from './azure-settings.ts'

const VERSION = '2021-12-02'

/** What a URL permits. */
interface Signing {
  /** Of the blob, as it is written in no URL. */
  readonly name: string
  readonly url: URL
  /** Such as `r` or `cw`, in the order that Azure wants. */
  readonly permissions: string
  /** In seconds of the epoch. */
  readonly expires: number
  readonly disposition?: string | undefined
}

/** Makes the URL of a blob with a shared access signature of it, as "Create a service SAS" of Azure's documentation says. */
export function signBlobUrl(
  { base, account, container, key }: AzureSettings,
  { name, url, permissions, expires, disposition = '' }: Signing,
): string {
  const end = new Date(expires * 1000).toISOString().replace(/\.\d+/, '')
  // Plain HTTP is for stores of one's own machine.
  const protocol = base.startsWith('https:') ? 'https' : 'https,http'
  const signed = [
    permissions,
    '',
    end,
    `/blob/${account}/${container}/${name}`,
    '',
    '',
    protocol,
    VERSION,
    'b',
    '',
    '',
    '',
    disposition,
    '',
    '',
    '',
  ]
  const signature = createHmac('sha256', Buffer.from(key, 'base64'))
    .update(signed.join('\n'))
    .digest('base64')
  const query = {
    sv: VERSION,
    spr: protocol,
    se: end,
    sr: 'b',
    sp: permissions,
    ...(disposition !== '' && { rscd: disposition }),
    sig: signature,
  }
  const target = new URL(url)
  for (const [parameter, value] of Object.entries(query)) {
    target.searchParams.set(parameter, value)
  }
  return target.href
}
