import assert from 'node:assert/strict'
import { createPostgresServer, type PostgresServer } from '../../src/database/postgres-database.ts'
import { type PostgresCluster, startPostgres } from './postgres.ts'
import { skipWithout } from './tools.ts'

/** A PostgreSQL for the tests of a suite, which are skipped where there is none. */
export interface UsedPostgres {
  readonly createDatabase: PostgresCluster['createDatabase']
  readonly cutConnections: PostgresCluster['cutConnections']
  /** Reaches a database until the test is over, as another front end each time; what is lost fails the test unless somebody is told. */
  readonly connect: (
    url: string,
    onLoss?: (error: Error) => void,
    onReturn?: () => void,
  ) => PostgresServer
}

/** Starts one before the tests of a suite, and ends it after them. */
export function usePostgres(): UsedPostgres {
  let cluster: PostgresCluster | undefined
  const servers: PostgresServer[] = []
  before(async function () {
    skipWithout(this, 'PostgreSQL')
    cluster = await startPostgres()
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
  })
  after(() => cluster?.stop())

  function started(): PostgresCluster {
    return cluster ?? assert.fail('PostgreSQL runs while there are tests')
  }

  return {
    createDatabase: () => started().createDatabase(),
    cutConnections: (url, name) => started().cutConnections(url, name),
    connect(url, onLoss = assert.fail, onReturn) {
      const server = createPostgresServer(url, onLoss, onReturn)
      servers.push(server)
      return server
    },
  }
}
