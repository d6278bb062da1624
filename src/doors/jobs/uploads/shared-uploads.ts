import type { FrontEnds } from '../../../database/front-ends.ts'
import type { ServiceDatabase } from '../../../database/service-database.ts'

const TOPIC = 'uploads'

/** Which front end has an upload in hand, of those that share a database. */
export interface SharedUploads {
  /** Takes one for this front end; false while another one has it, which is asked to stop. */
  take: (upload: string) => Promise<boolean>
  leave: (upload: string) => Promise<void>
  /** Whether this front end has it. */
  has: (upload: string) => Promise<boolean>
  /**
   * @param listener.asked - another front end asks for one that this one has
   * @param listener.left - one may be nobody's now, or any when it is undefined
   */
  listen: (listener: {
    asked: (upload: string) => void
    left: (upload: string | undefined) => void
  }) => void
}

/** Makes it for one of the front ends on `database`. */
export function openSharedUploads(
  database: ServiceDatabase,
  frontEnds: Pick<FrontEnds, 'id' | 'onGone'>,
): SharedUploads {
  const { id: holder } = frontEnds
  return {
    take: (id) =>
      database.write(async (tables) => {
        const { numUpdatedRows } = await tables
          .updateTable('part_uploads')
          .set({ holder })
          .where('id', '=', id)
          .where((eb) =>
            eb.or([
              eb('holder', '=', holder),
              eb('holder', 'not in', eb.selectFrom('front_ends').select('id')),
            ]),
          )
          .executeTakeFirst()
        if (numUpdatedRows > 0n) return true
        const found = tables.selectFrom('part_uploads').select('id').where('id', '=', id)
        // Of one that is about to begin nobody else knows.
        if ((await found.executeTakeFirst()) === undefined) return true
        await database.tell(tables, TOPIC, `asked ${id} ${holder}`)
        return false
      }),
    leave: (id) =>
      database.write(async (tables) => {
        await tables
          .updateTable('part_uploads')
          .set({ holder: '' })
          .where('id', '=', id)
          .where('holder', '=', holder)
          .execute()
        await database.tell(tables, TOPIC, `left ${id} ${holder}`)
      }),
    async has(id) {
      const row = await database.committed
        .selectFrom('part_uploads')
        .select('holder')
        .where('id', '=', id)
        .executeTakeFirst()
      return row?.holder === holder
    },
    listen({ asked, left }) {
      frontEnds.onGone(() => left(undefined))
      database.hear(TOPIC, (told) => {
        const [what, id, by] = told?.split(' ') ?? []
        if (what !== 'asked') left(id)
        else if (id !== undefined && by !== holder) asked(id)
      })
    },
  }
}
