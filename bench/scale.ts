import { mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { createPostgresServer } from '../src/database/postgres-database.ts'
import { openServiceFile } from '../src/database/service-database.ts'
import { createServiceTables, SERVICE_CHANGES } from '../src/database/service-schema.ts'
import type { ServiceTables } from '../src/database/service-tables.ts'
import { findPostgres, type PostgresCluster, startPostgres } from '../test/support/postgres.ts'
import type { Finding } from './measure.ts'
import { measureFrontEnds } from './scale/front-ends.ts'
import { measureJobLists, postgresJobs, SQLITE } from './scale/job-lists.ts'
import { measureJournals } from './scale/journals.ts'
import { measureOneOrder } from './scale/one-order.ts'

/** Events of a journal, and jobs. */
const MANY = 10_000_000

/**
 * What it costs to have several front ends and PostgreSQL in place of one service with SQLite, and what lists cost out of many. It fills the
 * disk with some 12 GB at a time, and takes half an hour.
 */
export async function measureScale(folder: string): Promise<Finding[]> {
  const isHere = findPostgres(process.env) !== undefined
  const elsewhere = isHere
    ? [await measureFrontEnds(folder), ...(await measureOneOrder(folder))]
    : []
  const lists = [
    ...(isHere ? [inPostgres(postgresJournals), inPostgres(postgresLists)] : []),
    sqliteJournals,
    (where: string) => measureJobLists(where, SQLITE, MANY),
  ]
  const findings: Finding[] = []
  for (const measure of lists) {
    const where = path.join(folder, 'lists')
    mkdirSync(where)
    findings.push(...(await measure(where)))
    await rm(where, { recursive: true })
  }
  return [...elsewhere, ...findings]
}

/** Has something measured with a PostgreSQL of its own. */
function inPostgres(measure: (postgres: PostgresCluster, folder: string) => Promise<Finding[]>) {
  return async (folder: string): Promise<Finding[]> => {
    const postgres = await startPostgres()
    try {
      return await measure(postgres, folder)
    } finally {
      postgres.stop()
    }
  }
}

const postgresLists = (postgres: PostgresCluster, folder: string): Promise<Finding[]> =>
  measureJobLists(folder, postgresJobs(postgres.createDatabase), MANY)

async function postgresJournals(postgres: PostgresCluster): Promise<Finding[]> {
  const servers: { close: () => Promise<void> }[] = []
  const findings = await measureJournals('PostgreSQL', MANY, async () => {
    const server = createPostgresServer(await postgres.createDatabase(), (error) => {
      throw error
    })
    servers.push(server)
    return server.open<ServiceTables>('service', [createServiceTables, ...SERVICE_CHANGES])
  })
  for (const server of servers) await server.close()
  return findings
}

async function sqliteJournals(folder: string): Promise<Finding[]> {
  const opened: { close: () => Promise<void> }[] = []
  const findings = await measureJournals('SQLite', MANY, () => {
    const database = openServiceFile(path.join(folder, `${opened.length}.sqlite`))
    opened.push(database)
    return Promise.resolve(database)
  })
  for (const { close } of opened) await close()
  return findings
}
