import { type DatabaseSettings, nameDatabase } from '../../database/database-url.ts'
import { type PostgresProbe, probePostgres } from '../../database/probe-postgres.ts'
import { createNamedSealing } from '../../identity/named-sealing.ts'
import { type Finding, remark, sound, wrong } from './finding.ts'

/** The oldest version that is known to do, as a number and as it is called. */
const OLDEST = { number: 130_000, name: '13' }

/** An answer that takes longer is of a database too far away: a request takes several of them, one after the other. In milliseconds. */
const LONGEST_ANSWER_MS = 10

/** Tries the database elsewhere: whether it can be used, by whom, and with which key. */
export async function* checkDatabase({ url, key }: DatabaseSettings): AsyncGenerator<Finding> {
  const name = nameDatabase(url)
  let found: PostgresProbe
  try {
    found = await probePostgres(url, name)
  } catch (error) {
    yield wrong(`DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`)
    return
  }
  const { version, answerMs } = found
  yield sound(
    `DATABASE_URL: ${name} answers, a PostgreSQL ${version}, in ${answerMs.toFixed(1)} ms.`,
  )
  yield* remarksOn(found, name)
  if (!found.isWritable) {
    yield wrong(`${name} is a copy that takes no writes; DATABASE_URL must name the one it is of.`)
  } else if (!found.mayCreate) {
    yield wrong(`The user of DATABASE_URL must be allowed to create tables in its schema.`)
  }
  yield* checkKey(found, key)
}

function* remarksOn(
  { versionNumber, version, isEncrypted, answerMs }: PostgresProbe,
  name: string,
): Generator<Finding> {
  if (versionNumber < OLDEST.number) {
    yield wrong(`PostgreSQL ${version} is too old; it must be ${OLDEST.name} or newer.`)
  }
  if (!isEncrypted && !/^(?:\/|localhost:|127\.|\[::1\])/.test(name)) {
    yield remark(
      `The connection to ${name} is not encrypted; sslmode=verify-full in DATABASE_URL has it so, and must be there unless nobody else is in that network.`,
    )
  }
  if (answerMs > LONGEST_ANSWER_MS) {
    yield remark(
      `${name} is ${answerMs.toFixed(0)} ms away; each request takes several answers, so it should be nearer than ${LONGEST_ANSWER_MS}.`,
    )
  }
}

function* checkKey({ secret }: PostgresProbe, key: string): Generator<Finding> {
  if (secret === undefined) {
    yield sound('There are no secrets in the database yet; the first npm start makes them.')
    return
  }
  try {
    createNamedSealing(key).open(secret.name, secret.sealed)
    yield sound('DATABASE_KEY opens the secrets of the database.')
  } catch (error) {
    yield wrong(error instanceof Error ? error.message : String(error))
  }
}
