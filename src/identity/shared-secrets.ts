import type * as z from 'zod/mini'
import { type Complete, readKeptJson } from '../home/kept-json.ts'
import type { IdentityDatabase } from './identity-schema.ts'
import type { NamedSealing } from './named-sealing.ts'

/** Secrets that front ends have in common, in their database. */
export interface SharedSecrets {
  /**
   * Reads a secret, or makes it when there is none; of several who make it at once all get the same.
   *
   * @param complete - adds what an older version did not keep yet
   * @throws {Error} one sentence, when it was encrypted with another key
   */
  readonly open: <T>(
    name: string,
    schema: z.ZodMiniType<T>,
    make: () => Promise<T>,
    complete?: Complete,
  ) => Promise<T>
  /**
   * Puts another one in place of a secret that is worth nothing any more; resolves with what there is then, which somebody else may have put there.
   */
  readonly renew: (name: string, worthless: string, other: string) => Promise<string>
}

/** Makes what reads and keeps the secrets of a database. */
export function createSharedSecrets(
  { committed, write }: Pick<IdentityDatabase, 'committed' | 'write'>,
  sealing: NamedSealing,
): SharedSecrets {
  async function find(name: string) {
    return committed
      .selectFrom('secrets')
      .select('sealed')
      .where('name', '=', name)
      .executeTakeFirst()
  }

  /** Puts a secret there in place of what is there now, unless somebody else has done so. */
  function replace(name: string, value: unknown, now: Uint8Array): Promise<unknown> {
    return write((tables) =>
      tables
        .updateTable('secrets')
        .set({ sealed: sealing.seal(name, value) })
        .where('name', '=', name)
        .where('sealed', '=', now)
        .execute(),
    )
  }

  return {
    async open(name, schema, make, complete) {
      let row = await find(name)
      if (row === undefined) {
        const made = { name, sealed: sealing.seal(name, await make()) }
        await write((tables) =>
          tables
            .insertInto('secrets')
            .values(made)
            .onConflict((conflict) => conflict.doNothing())
            .execute(),
        )
        row = await find(name)
      }
      for (; row !== undefined; row = await find(name)) {
        const read = await readKeptJson(sealing.open(name, row.sealed), schema, complete)
        if (!('value' in read)) {
          throw new Error(`The secret ${name} of the database is not what it must be.`, {
            cause: read,
          })
        }
        if (!read.isCompleted) return read.value
        await replace(name, read.value, row.sealed)
      }
      throw new Error(`The secret ${name} was taken out of the database while it was read.`)
    },
    async renew(name, worthless, other) {
      for (;;) {
        const row = await find(name)
        const now = row && sealing.open(name, row.sealed)
        if (row === undefined || typeof now !== 'string') return other
        if (now !== worthless) return now
        await replace(name, other, row.sealed)
      }
    },
  }
}
