import type { MultiMapEntry } from './pattern.ts'

/** What an expression of Java may have in it that one of JavaScript has not, or has with another meaning. */
const JAVA_ONLY: readonly ((source: string) => string | undefined)[] = [
  (source) => (source.match(/\\[^]/g) ?? []).find((escape) => /[pPQEAzZhHGRX]/.test(escape)),
  (source) => (/\[[^\]]*&&/.test(withoutEscapes(source)) ? '&& in a class' : undefined),
  (source) =>
    /(?:[*+?]|\{\d+(?:,\d*)?\})\+/.exec(withoutEscapes(source).replaceAll(/\[[^\]]*\]/g, '_'))?.[0],
]

/**
 * Refuses a regular expression that MockServer, which is written in Java, reads in another way than it is read here.
 *
 * @param where - what it is called in a sentence
 * @throws {Error} one sentence
 */
export function refuseJavaRegex(source: string, where: string): void {
  const found = JAVA_ONLY.map((find) => find(source)).find((each) => each !== undefined)
  if (found === undefined) return
  throw new Error(
    `${where} must be a text or an expression that means the same in Java and JavaScript, but ${JSON.stringify(source)} has ${found} in it.`,
  )
}

/** As {@link refuseJavaRegex}, of all names and values. */
export function refuseJavaEntries(entries: readonly MultiMapEntry[] = [], where: string): void {
  for (const { name, values } of entries) {
    for (const { value } of [name, ...values]) refuseJavaRegex(value, where)
  }
}

function withoutEscapes(source: string): string {
  return source.replaceAll(/\\[^]/g, '_')
}
