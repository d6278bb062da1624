import { DatabaseError } from 'pg'
import { ServiceError } from '../base/errors.ts'

/** After how many seconds whoever was refused may ask again: a PostgreSQL takes some to start anew. */
const RETRY_AFTER = '5'

/**
 * What PostgreSQL says, by the beginning of its SQLSTATE, when it can do nothing for anybody for now: a connection that broke,
 * too many of them, an administrator who ends it or a start that is not over, its disk, a copy that takes no writes.
 */
const AWAY = ['08', '53', '57P0', '58', '25006']

/** That its disk is full. */
const DISK_FULL = '53100'

/** A character that no text of PostgreSQL has. */
const NO_TEXT = '22021'

/** Whether PostgreSQL cannot be asked for now, as opposed to what it was asked being wrong. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError) return false
  // What it did not say itself is the end of a connection, or that none came to be.
  if (!(error instanceof DatabaseError)) return !(error instanceof ServiceError)
  return AWAY.some((beginning) => error.code?.startsWith(beginning) === true)
}

/**
 * Turns what went wrong with PostgreSQL into the {@link ServiceError} that says so where no query is at fault; returns any other error as
 * it is.
 */
export function refuseAway(error: unknown): unknown {
  if (error instanceof DatabaseError && error.code === DISK_FULL) {
    return new ServiceError(
      'disk_full',
      'The disk of the database of this service is full; nothing was stored.',
      { cause: error },
    )
  }
  if (error instanceof DatabaseError && error.code === NO_TEXT) {
    return new ServiceError(
      'invalid',
      'A text has the character U+0000 in it; it must have none.',
      {
        cause: error,
      },
    )
  }
  if (!isAway(error)) return error
  return new ServiceError(
    'database_unavailable',
    'The database of this service does not answer; try again later.',
    { headers: { 'retry-after': RETRY_AFTER }, cause: error },
  )
}

/** What is to be done about what cannot be right by itself, by what is said of it or its code; half sentences. */
const REMEDIES: readonly (readonly [said: RegExp, remedy: string])[] = [
  [/^28P01/, 'DATABASE_URL must have the user and the password that it knows'],
  [/client password must be/, 'DATABASE_URL must have the password of its user'],
  [/^28000/, 'DATABASE_URL must have a user that it lets in from here'],
  [/^3D000/, 'a database of this name must be made first'],
  [/^42501/, 'the user of DATABASE_URL must be allowed to create tables in its schema'],
  [/does not support SSL/, 'DATABASE_URL must end with sslmode=disable where there is no TLS'],
  [
    /^\w*(?:CERT|SIGNATURE)/,
    'NODE_EXTRA_CA_CERTS must name a file with the authority of its certificate',
  ],
]

/** What is in between, such as PgBouncer, does not take what is asked of it. */
const PROTOCOL_VIOLATED = '08P01'

/** That of PostgreSQL, of Node.js or of TLS. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
}

/** What a system says of a host or a PostgreSQL that are only being started. */
const NOT_YET = /^(?:ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST|ENET|EPIPE|ENOENT)/

/** Whether a PostgreSQL that is being started, or its host, may say so a moment before it can be used. */
export function mayPass(error: unknown): boolean {
  if (!isAway(error)) return false
  const code = codeOf(error)
  if (error instanceof DatabaseError) return code !== PROTOCOL_VIOLATED
  if (code !== undefined) return NOT_YET.test(code)
  return error instanceof Error && /^(?:Connection terminated|timeout exceeded)/.test(error.message)
}

/**
 * Says in one sentence why a database cannot be used, and what would be right where that is known.
 *
 * @param where - what it is called, see `nameDatabase`
 */
export function explainTrouble(error: unknown, where: string): Error {
  const words = wordsOf(error)
  const said = `${codeOf(error) ?? ''} ${words}`
  const [, remedy] = REMEDIES.find(([pattern]) => pattern.test(said)) ?? []
  return new Error(
    `The database ${where} cannot be used: ${words}${remedy === undefined ? '' : `; ${remedy}`}.`,
    { cause: error },
  )
}

/** What was thrown, in words without an end; of a name with several addresses the first has some. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return wordsOf(error.errors[0])
  const words = error instanceof Error ? error.message : String(error)
  return words.replaceAll(/[\s\p{C}]+/gu, ' ').replace(/\.$/, '')
}
