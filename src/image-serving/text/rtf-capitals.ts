import type { RtfFormat } from './rtf-format.ts'

/** How large small capitals are, in parts of the size of their font; as in Word. */
const SMALL = 0.8

/** Makes capitals of letters; small ones are the letters that were not capitals already. */
export function capitalise(
  text: string,
  capitals: RtfFormat['capitals'],
): readonly { readonly text: string; readonly size: number }[] {
  if (capitals === undefined) return [{ text, size: 1 }]
  if (capitals === 'all') return [{ text: text.toUpperCase(), size: 1 }]
  return [...text.matchAll(/\p{Ll}+|\P{Ll}+/gu)].map(([part]) =>
    /\p{Ll}/u.test(part) ? { text: part.toUpperCase(), size: SMALL } : { text: part, size: 1 },
  )
}
