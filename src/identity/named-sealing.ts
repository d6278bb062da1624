import { createSealing } from '../home/sealing.ts'

/** Encrypts values that lie in a database, each for its place alone. */
export interface NamedSealing {
  readonly seal: (name: string, value: unknown) => Uint8Array
  /** @throws {Error} one sentence, when it was sealed with another key or for another place, or was changed */
  readonly open: (name: string, sealed: Uint8Array) => unknown
}

/** @param key - that of `DATABASE_KEY`: 32 bytes in hexadecimal */
export function createNamedSealing(key: string): NamedSealing {
  const sealing = createSealing(key)
  return {
    seal: (name, value) => sealing.seal(JSON.stringify([name, value])),
    open(name, sealed) {
      let text: string
      try {
        text = sealing.open(sealed)
      } catch (error) {
        throw new Error(
          'DATABASE_KEY is not the one that the secrets of this database were encrypted with.',
          { cause: error },
        )
      }
      const [place, value]: readonly unknown[] = JSON.parse(text)
      if (place === name) return value
      throw new Error(`The database has the secret ${String(place)} in the place of ${name}.`)
    },
  }
}
