import { partsOf } from '../../pdf/fonts/compound.ts'
import {
  countLetters,
  metricsOf,
  outlinesOf,
  readTables,
  type Tables,
  writeLetters,
  writeTables,
} from '../../pdf/fonts/truetype.ts'

/** What a font in a PDF is drawn by (ISO 32000-1, 9.9); all else is for programs that set text. */
const KEPT = ['cvt ', 'fpgm', 'prep']

/** What is not there shows nothing, and takes no room. */
const NOTHING = { outline: Buffer.alloc(0), metrics: { advance: 0, bearing: 0 } }

/**
 * Takes letters out of a TrueType font that nobody sees. Those that are left keep their numbers.
 *
 * @param shown - the numbers of those that are left; the one for what is missing always is, and what letters are made of
 * @returns undefined for another kind of font, and for a damaged one
 */
export function cutTrueType(font: Buffer, shown: Iterable<number>): Buffer | undefined {
  try {
    const tables = readTables(font)
    return tables && writeTables(cut(tables, shown))
  } catch (error) {
    // What points out of a font is damaged.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function cut(tables: Tables, shown: Iterable<number>): Tables {
  const [outlineOf, metricOf] = [outlinesOf(tables), metricsOf(tables)]
  const left = withParts(shown, countLetters(tables), outlineOf)
  const letters = Array.from({ length: Math.max(...left) + 1 }, (_, letter) =>
    left.has(letter) ? { outline: outlineOf(letter), metrics: metricOf(letter) } : NOTHING,
  )
  const kept = KEPT.flatMap((tag): [string, Buffer][] => {
    const table = tables.get(tag)
    return table === undefined ? [] : [[tag, table]]
  })
  return new Map([...kept, ...writeLetters(tables, letters)])
}

/** Letters, those that they are made of, and the one for what is missing. */
function withParts(
  shown: Iterable<number>,
  count: number,
  outlineOf: (letter: number) => Buffer,
): ReadonlySet<number> {
  const left = new Set([0, ...shown].filter((letter) => letter < count))
  // What is added meanwhile comes at the end.
  for (const letter of left) {
    for (const part of partsOf(outlineOf(letter))) if (part.letter < count) left.add(part.letter)
  }
  return left
}
