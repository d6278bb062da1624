import { closeSync, fstatSync, openSync, writeSync } from 'node:fs'
import type { PlainFile } from './plain-file.ts'
import { writeDictionary } from './syntax.ts'

/** What is added to a file at its end, which readers take in place of what was there (ISO 32000-1, 7.5.6). */
export interface Update {
  /** Adds an object and tells its number. */
  readonly add: (content: string, data?: Uint8Array) => number
  /** The number of an object that is still to be put into its place. */
  readonly reserve: () => number
  /** Adds an object in the place of another. */
  readonly replace: (number: number, content: string) => void
}

/** Adds to a file what `write` says, and the table of it. */
export function updateFile(
  path: string,
  { table, trailer }: Pick<PlainFile, 'table' | 'trailer'>,
  write: (update: Update) => void,
): void {
  const descriptor = openSync(path, 'a')
  try {
    let { size } = fstatSync(descriptor)
    let next = Number(trailer.get('Size'))
    const places = new Map<number, number>()
    const append = (piece: string | Uint8Array): void => {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done)
      size += bytes.length
    }
    const put = (number: number, content: string, data?: Uint8Array): void => {
      append('\n')
      places.set(number, size)
      append(`${number} 0 obj\n${content}`)
      if (data !== undefined) {
        append('stream\n')
        append(data)
        append('\nendstream')
      }
      append('\nendobj\n')
    }
    write({
      add(content, data) {
        next += 1
        put(next - 1, content, data)
        return next - 1
      },
      reserve() {
        next += 1
        return next - 1
      },
      replace: put,
    })
    const start = size
    append(`xref\n${writeSections(places)}`)
    const entries = ['Root', 'Info', 'ID'].flatMap((name) => {
      const value = trailer.get(name)
      return value === undefined ? [] : [[name, value] as const]
    })
    const numbers = [['Size', String(next)] as const, ['Prev', String(table)] as const]
    append(`trailer\n${writeDictionary([...entries, ...numbers])}\nstartxref\n${start}\n%%EOF\n`)
  } finally {
    closeSync(descriptor)
  }
}

/** The places of objects, those with numbers behind each other together. */
function writeSections(places: ReadonlyMap<number, number>): string {
  const sections: { first: number; rows: string[] }[] = []
  for (const [number, place] of [...places].toSorted(([one], [other]) => one - other)) {
    const row = `${String(place).padStart(10, '0')} 00000 n \n`
    const last = sections.at(-1)
    if (last !== undefined && last.first + last.rows.length === number) last.rows.push(row)
    else sections.push({ first: number, rows: [row] })
  }
  return sections.map(({ first, rows }) => `${first} ${rows.length}\n${rows.join('')}`).join('')
}
