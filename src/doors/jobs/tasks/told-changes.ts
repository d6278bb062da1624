import * as z from 'zod/mini'
import { parseJson } from '../../../base/json.ts'
import type { FrontEnds } from '../../../database/front-ends.ts'
import type { ServiceDatabase, ServiceWriting } from '../../../database/service-database.ts'
import { type Change, EVENTS, type Subject, subjectOf } from './change.ts'

const TOPIC = 'jobs'

/** Changes that are told at once: what is told has an end. */
const MOST_AT_ONCE = 40

const subjectsSchema = z.array(
  z.object({
    event: z.enum(EVENTS),
    of: z.enum(['job', 'task']),
    id: z.string(),
    sequence: z.int(),
    user: z.int(),
    job: z.nullable(z.int()),
    isEnd: z.boolean(),
  }),
) satisfies z.ZodMiniType<Subject[]>

/** What front ends that share a database tell each other of jobs and tasks. */
export interface ToldChanges {
  /** Tells all others of changes once the work is committed. */
  tell: (tables: ServiceWriting, changes: readonly Change[]) => Promise<void>
  /**
   * Hears of changes that happened at others, in the order in which they did.
   *
   * @param onMissed - is called when something may have been missed
   * @returns what ends it
   */
  hear: (listener: (subject: Subject) => void, onMissed: () => void) => () => void
}

/** Makes it for one of the front ends on `database`. */
export function createToldChanges(
  database: Pick<ServiceDatabase, 'tell' | 'hear'>,
  { id }: Pick<FrontEnds, 'id'>,
): ToldChanges {
  const own = `${id} `
  return {
    async tell(tables, changes) {
      for (let first = 0; first < changes.length; first += MOST_AT_ONCE) {
        const some = changes.slice(first, first + MOST_AT_ONCE).map(subjectOf)
        await database.tell(tables, TOPIC, `${own}${JSON.stringify(some)}`)
      }
    },
    hear: (listener, onMissed) =>
      database.hear(TOPIC, (what) => {
        if (what?.startsWith(own) === true) return
        const told = what === undefined ? undefined : parseJson(what.slice(what.indexOf(' ')))
        const subjects = z.safeParse(subjectsSchema, told).data
        // What another version tells in other words may be anything.
        if (subjects === undefined) onMissed()
        else for (const subject of subjects) listener(subject)
      }),
  }
}
