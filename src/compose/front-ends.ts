import { hostname } from 'node:os'
import type { Log } from '../base/log.ts'
import { type FrontEnds, joinFrontEnds, onlyFrontEnd } from '../database/front-ends.ts'
import type { ServiceDatabase } from '../database/service-database.ts'
import type { ObjectStore } from '../storage/object-store.ts'
import type { Databases } from './databases.ts'
import type { Parts } from './parts.ts'

/**
 * Joins the front ends that have the database in common; of one in the state folder there is this one alone.
 *
 * @throws {Error} one sentence, when the objects of others are elsewhere
 */
export async function openFrontEnds(
  options: {
    databases: Databases
    database: ServiceDatabase
    store: ObjectStore
    home: string
    log: Log
  },
  parts: Parts,
): Promise<FrontEnds> {
  const { databases, database, store, home, log } = options
  if (databases.shared === undefined) return onlyFrontEnd()
  return parts.add(
    await joinFrontEnds({
      database,
      objects: store.base ?? `the folder ${home} of ${hostname()}`,
      onSilence: (error) => log.warn(`Others may take this front end for gone: ${String(error)}`),
    }),
  )
}
