import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { joinFrontEnds } from '../../../src/database/front-ends.ts'
import { createPostgresServer } from '../../../src/database/postgres-database.ts'
import { createServiceTables, SERVICE_CHANGES } from '../../../src/database/service-schema.ts'
import type { ServiceTables } from '../../../src/database/service-tables.ts'
import { openFolderStore } from '../../../src/storage/folder-store.ts'
import { collectLog } from '../asset-compute/gateway-fixture.ts'
import { openTestJobs, type SharedState } from './jobs-fixture.ts'

type FrontEnd = Awaited<ReturnType<typeof openTestJobs>>

/** Longer than any test takes. */
const NEVER_MS = 3_600_000

/**
 * Two jobs doors on one database of PostgreSQL and one storage, as front ends have them. Who is gone is said by the test.
 *
 * @param url - of an empty database
 */
export async function openFrontEnds(url: string) {
  const home = await mkdtemp(join(tmpdir(), 'darkroom-front-ends-'))
  const objects = await openFolderStore(join(home, 'objects'), {
    now: () => Date.UTC(2026, 0, 1),
    log: collectLog(),
  })
  const shared: SharedState = {
    home,
    objects,
    async connect() {
      // What is under way when it is closed is of nobody's interest.
      const server = createPostgresServer(url, () => undefined)
      const migrations = [createServiceTables, ...SERVICE_CHANGES]
      const database = await server.open<ServiceTables>('service', migrations)
      const frontEnds = await joinFrontEnds({
        database,
        objects: 'a bucket',
        onSilence: () => undefined,
        heartbeatMs: NEVER_MS,
        leaseMs: NEVER_MS,
      })
      return { database, frontEnds, close: server.close }
    },
  }
  const first = await openTestJobs({ shared })
  await first.current()
  const second = await openTestJobs({ shared })
  await second.current()
  const alive = new Set([first, second])

  /** A front end is killed, and the others see it. */
  async function drop(one: FrontEnd): Promise<void> {
    const { id } = (await one.current()).frontEnds
    alive.delete(one)
    await one.kill()
    for (const other of alive) {
      const { database } = await other.current()
      await database.write(async (tables) => {
        await tables.deleteFrom('front_ends').where('id', '=', id).execute()
        await database.tell(tables, 'front-ends', 'gone')
      })
    }
  }

  return {
    first,
    second,
    drop,
    async close(): Promise<void> {
      for (const one of alive) await one.kill()
      objects.close()
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
