/** Where the tables of the service are when they are not in files of the state folder. */
export interface DatabaseSettings {
  /** As node-postgres takes it, with the password. */
  readonly url: string
  /** What encrypts the secrets that are there: 32 bytes in hexadecimal. */
  readonly key: string
}

/** What the environment says besides. */
type Environment = Readonly<Record<string, string | undefined>>

const FORM = 'postgres://USER:PASSWORD@HOST:PORT/DATABASE'

/** How TLS may be asked for; others than these two would let anybody be in between who has a certificate of their own. */
const TLS_MODES: ReadonlyMap<string | null, string | undefined> = new Map([
  [null, undefined],
  ['disable', 'disable'],
  ['require', 'verify-full'],
  ['verify-full', 'verify-full'],
])

/**
 * Reads `DATABASE_URL`.
 *
 * @param environment - what has `DATABASE_KEY`
 * @throws {Error} one sentence, without any secret
 */
export function readDatabaseUrl(text: string, environment: Environment): DatabaseSettings {
  const url = URL.parse(text)
  const isPostgres = url?.protocol === 'postgres:' || url?.protocol === 'postgresql:'
  if (!isPostgres || url.pathname.length < 2) {
    throw new Error(`DATABASE_URL must be ${FORM}, of a PostgreSQL.`)
  }
  const mode = url.searchParams.get('sslmode')
  if (!TLS_MODES.has(mode)) {
    throw new Error(
      'sslmode in DATABASE_URL must be verify-full, or disable for a PostgreSQL without TLS.',
    )
  }
  const taken = TLS_MODES.get(mode)
  if (taken !== undefined) url.searchParams.set('sslmode', taken)
  const key = environment['DATABASE_KEY'] ?? ''
  if (!/^[0-9a-f]{64}$/i.test(key)) {
    throw new Error(
      'DATABASE_URL takes DATABASE_KEY as well, 64 hexadecimal digits as "openssl rand -hex 32" prints them: secrets are encrypted there with it.',
    )
  }
  return { url: url.href, key }
}

/** What a database is called in sentences: `HOST:PORT/DATABASE`, without who may come there. */
export function nameDatabase(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? (hostname === '' ? 'localhost' : hostname)
  // What begins so is the folder of a socket of this machine.
  const place = host.startsWith('/') ? host : `${host}:${port === '' ? '5432' : port}`
  return `${place}${decodeURIComponent(pathname)}`
}
