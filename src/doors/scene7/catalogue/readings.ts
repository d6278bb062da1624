import { Unread } from '../serving/unprepared.ts'

/** What was read of a database, by keys, for who cannot wait for it: as much as is used, until it is told to have changed. */
export interface Readings<Value> {
  /** @throws {@link Unread} when nobody has read it since it changed */
  readonly get: (key: string) => Value
  /** Keeps what was read beside it, unless anything has changed since `begin` was called. */
  readonly begin: () => (key: string, value: Value) => void
  /** Has those read anew whose keys are meant, by who needs them next. */
  readonly forget: (key: string) => void
  readonly forgetAll: (isMeant?: (key: string) => boolean) => void
}

/**
 * Makes what remembers what was read, nothing at first.
 *
 * @param options.what - is read by a key, in words
 * @param options.most - how many are remembered at most
 */
export function createReadings<Value>({
  what,
  read,
  most,
}: {
  readonly what: (key: string) => string
  readonly read: (key: string) => Promise<Value>
  readonly most: number
}): Readings<Value> {
  /** What was used lately, and what was before that; the latter is dropped when the former is half of all. */
  let recent = new Map<string, { readonly value: Value }>()
  let older = new Map<string, { readonly value: Value }>()
  /** What is being read. */
  const flights = new Map<string, { isStale: boolean; readonly done: Promise<void> }>()
  let changes = 0

  function keep(key: string, kept: { readonly value: Value }): void {
    if (recent.size >= most / 2) {
      older = recent
      recent = new Map()
    }
    recent.set(key, kept)
  }

  function fetch(key: string): Promise<void> {
    const known = flights.get(key)
    if (known !== undefined) return known.done
    const flight = { isStale: false, done: Promise.resolve().then(readFresh) }
    flights.set(key, flight)
    return flight.done

    async function readFresh(): Promise<void> {
      try {
        for (;;) {
          flight.isStale = false
          const value = await read(key)
          // What was forgotten meanwhile may have been read before it changed.
          if (flight.isStale) continue
          keep(key, { value })
          return
        }
      } finally {
        flights.delete(key)
      }
    }
  }

  function forget(key: string): void {
    changes += 1
    recent.delete(key)
    older.delete(key)
    const flight = flights.get(key)
    if (flight !== undefined) flight.isStale = true
  }

  return {
    get(key) {
      const kept = recent.get(key)
      if (kept !== undefined) return kept.value
      const before = older.get(key)
      if (before === undefined) throw new Unread(what(key), () => fetch(key))
      keep(key, before)
      return before.value
    },
    begin() {
      const before = changes
      return (key, value) => {
        if (before === changes) keep(key, { value })
      }
    },
    forget,
    forgetAll(isMeant = () => true) {
      for (const key of new Set([...recent.keys(), ...older.keys(), ...flights.keys()])) {
        if (isMeant(key)) forget(key)
      }
      changes += 1
    },
  }
}
