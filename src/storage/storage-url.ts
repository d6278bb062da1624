import type { AzureSettings } from './azure/azure-settings.ts'
import type { S3Settings } from './s3/s3-settings.ts'

/** Where objects are when they are not in the state folder. */
export type StorageSettings = S3Settings | AzureSettings

/** What the environment says of who the service is at a store, by the names that the tools of these stores read. */
type Environment = Readonly<Record<string, string | undefined>>

const FORMS =
  's3://BUCKET?region=REGION, s3://HOST/BUCKET?region=REGION or azure://ACCOUNT/CONTAINER'

/**
 * Reads `STORAGE_URL`.
 *
 * @param environment - what has the credentials that the URL does not have
 * @throws {Error} one sentence, without any secret
 */
export function readStorageUrl(text: string, environment: Environment): StorageSettings {
  const url = URL.parse(text)
  if (url?.protocol === 's3:') return readS3(url, environment)
  if (url?.protocol === 'azure:') return readAzure(url, environment)
  throw new Error(`STORAGE_URL must be ${FORMS}.`)
}

function readS3(url: URL, environment: Environment): S3Settings {
  const { region: given, pathStyle } = readQuery(url, ['region', 'pathStyle'])
  const [first, ...others] = readPath(url)
  if (others.length > 0) {
    throw new Error(
      'STORAGE_URL must have a bucket and nothing behind it, as in s3://HOST/BUCKET: all of it is for this service.',
    )
  }
  const bucket = first ?? url.host
  if (!/^[\w][\w.-]{1,61}[\w]$/.test(bucket)) {
    throw new Error('STORAGE_URL must have the name of a bucket, as in s3://HOST/BUCKET.')
  }
  if (pathStyle !== undefined && pathStyle !== 'true' && pathStyle !== 'false') {
    throw new Error('pathStyle in STORAGE_URL must be true or false.')
  }
  const { AWS_REGION, AWS_DEFAULT_REGION } = environment
  const region =
    given ?? regionIn(url.hostname) ?? (AWS_REGION || AWS_DEFAULT_REGION || 'us-east-1')
  const accessKeyId = decodeURIComponent(url.username) || environment['AWS_ACCESS_KEY_ID']
  const secretAccessKey = decodeURIComponent(url.password) || environment['AWS_SECRET_ACCESS_KEY']
  if (!accessKeyId || !secretAccessKey) {
    throw new Error(
      'STORAGE_URL takes an access key: in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in the URL itself.',
    )
  }
  const endpoint =
    first === undefined ? readEndpoint(region, environment) : new URL(`https://${url.host}`).origin
  const { host } = new URL(endpoint)
  const isInPath =
    pathStyle === undefined ? !isAmazon(host) || bucket.includes('.') : pathStyle === 'true'
  return {
    kind: 's3',
    base: isInPath ? `${endpoint}/${bucket}` : `https://${bucket}.${host}`,
    bucket,
    region,
    accessKeyId,
    secretAccessKey,
    // Who has a key in the URL means no token that is of another one.
    sessionToken: url.username === '' ? environment['AWS_SESSION_TOKEN'] || undefined : undefined,
  }
}

const isAmazon = (host: string): boolean => /\.amazonaws\.com(\.cn)?$/.test(host)

/** The region that a host of Amazon's is of. */
function regionIn(host: string): string | undefined {
  return /^s3[.-]([a-z0-9-]+)\.amazonaws\.com/.exec(host)?.[1]
}

/** Where buckets are of which no host is named. */
function readEndpoint(region: string, environment: Environment): string {
  const named = environment['AWS_ENDPOINT_URL_S3'] || environment['AWS_ENDPOINT_URL']
  if (!named) return `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  return readHttps(named, 'AWS_ENDPOINT_URL')
}

/** Sources and targets of renditions are `https:`, and those of this storage are none else. */
function readHttps(text: string, name: string): string {
  const url = URL.parse(text)
  if (url?.protocol === 'https:' && url.search === '' && url.username === '') {
    return url.href.replace(/\/$/, '')
  }
  throw new Error(
    `${name} must be an https: URL, such as https://store.example.com: workers and clients take no others.`,
  )
}

function readAzure(url: URL, environment: Environment): AzureSettings {
  const { endpoint } = readQuery(url, ['endpoint'])
  const [container = '', ...others] = readPath(url)
  const account = url.host
  if (!/^[a-z0-9]{3,24}$/.test(account)) {
    throw new Error(
      'STORAGE_URL must have the name of a storage account, as in azure://ACCOUNT/CONTAINER.',
    )
  }
  if (!/^\$?[a-z0-9-]{3,63}$/.test(container) || others.length > 0) {
    throw new Error(
      'STORAGE_URL must have a container and nothing behind it, as in azure://ACCOUNT/CONTAINER: all of it is for this service.',
    )
  }
  const key = environment['AZURE_STORAGE_KEY']
  if (!key || !/^[\w+/-]+={0,2}$/.test(key)) {
    throw new Error(
      'STORAGE_URL takes the key of the storage account, in AZURE_STORAGE_KEY; a shared access signature does not do, since no URLs for others can be made of one.',
    )
  }
  const origin =
    endpoint === undefined
      ? `https://${account}.blob.core.windows.net`
      : readHttps(endpoint, 'endpoint in STORAGE_URL')
  return { kind: 'azure', base: `${origin}/${container}`, account, container, key }
}

function readPath(url: URL): string[] {
  return decodeURIComponent(url.pathname)
    .split('/')
    .filter((segment) => segment !== '')
}

/** What is unknown may be a mistake in what is known, or what another tool understands and this does not. */
function readQuery<Name extends string>(
  url: URL,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  for (const [given, value] of url.searchParams) {
    const name = names.find((each) => each === given)
    if (name === undefined || value === '') {
      throw new Error(`STORAGE_URL takes ${names.join(' and ')} behind its ?, each with a value.`)
    }
    found[name] = value
  }
  return found
}
