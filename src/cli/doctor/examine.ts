import { existsSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { STATE_DATABASES, STATE_FILES, STATE_JSON } from '../../compose/state-files.ts'
import type { Elsewhere, Place } from '../../config.ts'
import type { DatabaseSettings } from '../../database/database-url.ts'
import { describeHolder, isTaken } from '../../home/state-folder.ts'
import type { StorageSettings } from '../../storage/storage-url.ts'
import { checkDatabases } from './check-databases.ts'
import { checkElsewhere, describeAioAlone } from './check-elsewhere.ts'
import { checkGivenCertificate } from './check-given-certificate.ts'
import { checkCertificates, checkJson } from './check-keys.ts'
import { checkLeftBehind } from './check-left-behind.ts'
import { checkClock, checkDisks, checkInstallation, checkSandbox } from './check-machine.ts'
import { checkModes } from './check-modes.ts'
import { checkNamedFiles } from './check-named-files.ts'
import { type Finding, remark, sound, wrong } from './finding.ts'

/** What is looked at, and with what in hand. */
export interface Examined {
  /** The folder of the project. */
  readonly project: string
  /** The state folder. */
  readonly home: string
  /** Where the service is to be reached. */
  readonly place: Place
  /** The object store elsewhere that the service has its objects in; undefined for none. */
  readonly storage: StorageSettings | undefined
  /** The database elsewhere that the tables are in; undefined for none. */
  readonly database: DatabaseSettings | undefined
  /** Where activations run other than here. */
  readonly elsewhere: Elsewhere | undefined
  /** What `aio` deploys to, where nothing runs. */
  readonly apiHostOfAio: string | undefined
  /** The actions that are to be deployed, by package and name. */
  readonly deployable: readonly string[]
  /** The path of bubblewrap; undefined where it is not installed. */
  readonly bwrap: string | undefined
  /** The system's folder for what does not last. */
  readonly temporary: string
  /** Of Node.js, as in `24.21.0`. */
  readonly nodeVersion: string
  /** The clock, in milliseconds of the epoch. */
  readonly now: () => number
}

/** Looks at everything; changes nothing, and holds up no service that runs. */
export async function* examine(examined: Examined): AsyncGenerator<Finding> {
  const { project, home, place, storage, elsewhere, bwrap, temporary, nodeVersion, now } = examined
  yield* checkInstallation(project, nodeVersion)
  yield* checkSandbox(bwrap)
  if (place.tls !== undefined) yield* checkGivenCertificate(place, place.tls, now())
  if (storage !== undefined) {
    // Loaded by whoever has one alone.
    const { checkStorage } = await import('./check-storage.ts')
    yield* checkStorage(storage, now)
  }
  if (examined.database !== undefined) {
    const { checkDatabase } = await import('./check-database.ts')
    yield* checkDatabase(examined.database)
  }
  if (elsewhere !== undefined) yield* checkElsewhere(elsewhere, examined.deployable)
  if (examined.apiHostOfAio !== undefined) yield describeAioAlone(examined.apiHostOfAio)
  if (!existsSync(home)) {
    yield* checkClock(now(), [project])
    yield remark(`There is no state folder ${home} yet; the first npm start makes it.`)
    return
  }
  yield* checkClock(now(), [project, home])
  yield* checkDisks({ 'the state folder': home, 'temporary files': temporary })
  const own = process.getuid?.()
  const { uid } = await lstat(home)
  if (own !== undefined && uid !== own) {
    yield wrong(
      `The state folder ${home} belongs to another user (${uid}), who should look at it, and run the service, and not this one (${own}).`,
    )
    return
  }
  const isRunning = isTaken(home)
  yield await describeService(home, isRunning)
  yield* checkModes(home)
  yield* checkDatabases(home, STATE_DATABASES)
  // What is elsewhere has copies here, or nothing.
  const named = storage === undefined ? STATE_FILES.named : []
  for (const each of named) yield* checkNamedFiles(home, each, isRunning)
  yield* checkJson(home, STATE_JSON)
  if (place.tls === undefined) yield* checkCertificates(home, { now: now(), isRunning })
  yield* checkLeftBehind(home, { now: now(), isRunning, temporary })
}

async function describeService(home: string, isRunning: boolean): Promise<Finding> {
  const holder = await describeHolder(home)
  const who = holder === '' ? '' : ` (${holder})`
  if (isRunning) return sound(`A service${who} has the state folder ${path.resolve(home)}.`)
  return sound(
    holder === ''
      ? `No service has the state folder ${home}.`
      : `No service has the state folder ${home}; the last one${who} has ended.`,
  )
}
