import { sql } from 'kysely'
import type { ServiceDatabase } from '../../src/database/service-database.ts'
import { createJournalRoutes, journalPath } from '../../src/doors/asset-compute/journal-routes.ts'
import { openJournal } from '../../src/doors/asset-compute/journal.ts'
import { openRegistrations } from '../../src/doors/asset-compute/registrations.ts'
import { type Finding, median, ms, time, times } from '../measure.ts'

const FEW = 10_000
const PAGES = 200

/** How long events are kept, so that they are of all these times. */
const SPREAD_MS = 6 * 24 * 60 * 60 * 1000

const CLIENT = { clientId: 'client', orgId: 'org', tokenId: 'token' }

/** An event of the size that the SDK makes. */
const EVENT = JSON.stringify({
  type: 'rendition_created',
  date: '2026-01-01T00:00:00.000Z',
  requestId: '0e2b8a3c-6c8e-4e0f-9a55-0a2f6f3a7b11',
  source:
    'https://localhost:9443/storage/objects/sources/harbour.jpg?expires=1&permissions=r&signature=0',
  rendition: { name: 'cq5dam.web.1280.1280.jpeg', fmt: 'jpeg', width: 1280, height: 1280 },
  metadata: { 'repo:size': 123_456, 'dc:format': 'image/jpeg', 'tiff:ImageWidth': 1280 },
})

/** Pages of a journal, each by the time that it takes. */
interface FilledJournal {
  /** Of 100 events, anywhere. */
  readonly page: () => Promise<number>
  /** The first of the last hour. */
  readonly lately: () => Promise<number>
}

/** Fills an empty database with events. */
async function fillJournal(database: ServiceDatabase, events: number): Promise<FilledJournal> {
  const registrations = openRegistrations(database)
  const registration = await registrations.register(CLIENT)
  const from = Date.now() - SPREAD_MS
  await database.write(async (tables) => {
    await sql`
      INSERT INTO events (registration_id, position, token_id, created_at, visible_at, event)
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${sql.lit(events)})
      SELECT ${sql.lit(registration.id)}, n, 'token', ${sql.lit(from)} + n * ${sql.lit(Math.floor(SPREAD_MS / events))}, 0, ${sql.lit(EVENT)} FROM numbers`.execute(
      tables,
    )
    await tables.updateTable('registrations').set({ last_position: events }).execute()
  })
  const routes = createJournalRoutes({
    journal: openJournal(database, Date.now),
    registrations,
    authenticate: async () => CLIENT,
    stopping: new AbortController().signal,
    now: Date.now,
  })
  const url = journalPath(registration)
  const ask = (query: string): Promise<number> =>
    time(async () => {
      const answer = await routes.request(`${url}?${query}`)
      if (!answer.ok) throw new Error(`The journal answered ${answer.status}.`)
      await answer.arrayBuffer()
    })
  return {
    page: () => ask(`since=${Math.floor(Math.random() * (events - 100))}&limit=100`),
    lately: () => ask('seek=-PT1H&limit=100'),
  }
}

/** Pages of 100 events out of a small and a large journal, by turns. */
export async function measureJournals(
  name: string,
  many: number,
  open: () => Promise<ServiceDatabase>,
): Promise<Finding[]> {
  const small = await fillJournal(await open(), FEW)
  const large = await fillJournal(await open(), many)
  const findings: Finding[] = []
  for (const [what, read] of [
    ['anywhere', ({ page }: FilledJournal) => page()],
    ['of the last hour', ({ lately }: FilledJournal) => lately()],
  ] as const) {
    const taken: { small: number[]; large: number[] } = { small: [], large: [] }
    for (let nth = 0; nth < PAGES; nth += 1) {
      taken.small.push(await read(small))
      taken.large.push(await read(large))
    }
    const ratio = median(taken.large) / median(taken.small)
    findings.push({
      what: `journal in ${name}, a page of 100 events ${what}, out of ${many.toLocaleString('en')}`,
      measured: ms(median(taken.large)),
      baseline: `${ms(median(taken.small))} out of ${FEW.toLocaleString('en')}`,
      distance: times(ratio),
      goal: 'within 1.5 ×',
      reached: ratio <= 1.5,
    })
  }
  return findings
}
