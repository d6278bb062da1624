import type { Kysely } from 'kysely'

/** Reads tables: what is committed, or within a {@link Writing} also what that has changed. */
export type Reading<Tables> = Pick<
  Kysely<Tables>,
  'selectFrom' | 'with' | 'selectNoFrom' | 'getExecutor'
>

/** Reads and changes tables, within a transaction. */
export type Writing<Tables> = Reading<Tables> &
  Pick<Kysely<Tables>, 'insertInto' | 'updateTable' | 'deleteFrom'>

/** Tables that many write to, such as those of all accepted work, wherever they are. */
export interface Database<Tables> {
  /** What is committed. */
  readonly committed: Reading<Tables>
  /**
   * Runs `work`, all of it or nothing, and resolves with what it returned once that is safely on a disk. A work waits for
   * nothing but what it asks of `tables`, and may be run again from its beginning when another one was in its way.
   */
  readonly write: <T>(work: (tables: Writing<Tables>) => Promise<T>) => Promise<T>
  /**
   * Removes what nobody needs any more, without holding up anybody for long: each step is a work of its own, see
   * {@link SWEPT_AT_ONCE}, and others have their turn in between.
   *
   * @param step - removes some, and resolves with whether there may be more
   */
  readonly sweep: (step: (tables: Writing<Tables>) => Promise<boolean>) => Promise<void>
  /**
   * Tells all front ends of these tables, this one too, something in a word once the work is committed, and nobody when it is not.
   * It is no record: who is not there does not hear it.
   *
   * @param topic - without a space
   * @param what - at most 7,000 bytes, such as an id; the same one told several times in a work may be heard once
   */
  readonly tell: (tables: Writing<Tables>, topic: string, what: string) => Promise<void>
  /**
   * Hears what is told of a topic from now on, in the order of the commits.
   *
   * @param listener - is called with undefined when something may have been missed, and must look for itself
   * @returns what ends it
   */
  readonly hear: (topic: string, listener: (what: string | undefined) => void) => () => void
  /** Writes what is there already, to see whether that can be done; rejects as {@link Database.write} does. */
  readonly tryWriting: () => Promise<void>
  /** Resolves when what was given to write is written. */
  readonly close: () => Promise<void>
}
