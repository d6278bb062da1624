import { toLines } from './query-lines.ts'

/** How the service understands a request, by what it answers to `req=resolve`. */
export interface Resolved {
  /** Commands as they count, in their order, with macros and variables put in. */
  readonly commands: readonly string[]
  readonly ignored: readonly { readonly name: string; readonly why: string }[]
}

/** Reads the answer to `req=resolve`. */
export function readResolved(answer: string): Resolved {
  const [first = '', ...others] = answer.split('\n')
  const query = first.slice(first.indexOf('?') + 1)
  const ignored = others.flatMap((line) => {
    const { name, why } = /^#ignored (?<name>.*?): (?<why>.*)$/.exec(line)?.groups ?? {}
    return name === undefined || why === undefined ? [] : [{ name, why }]
  })
  return { commands: query === '' ? [] : toLines(query).split('\n'), ignored }
}
