import { nearestName } from './nearest-name.ts'
import { formatPath, type Problem } from './validation.ts'

/** As many are told of one object: whoever has sent thousands knows after some. */
const MOST_TOLD = 20

/** What is shown of a path; names may have been made up to be read in a log. */
const LONGEST_SHOWN = 80

/**
 * Says which members of an object nobody reads, a sentence each, and which of the known names is nearest.
 *
 * @param at - where the object is in what its sender has written
 * @param known - the names that are read, the first of which are suggested before others that are as near
 * @param besides - names that are read as well, but are for nobody to write
 */
export function findUnknownMembers(
  given: Readonly<Record<string, unknown>>,
  known: readonly string[],
  { at = [], besides = [] }: { at?: readonly PropertyKey[]; besides?: readonly string[] } = {},
): readonly Problem[] {
  const read = new Set([...known, ...besides])
  return Object.keys(given)
    .filter((name) => given[name] !== undefined && !read.has(name))
    .slice(0, MOST_TOLD)
    .map((name) => {
      const path = [...at, name]
      const nearest = nearestName(name, known)
      const meant = nearest === undefined ? '.' : `; did you mean ${formatPath([...at, nearest])}?`
      return {
        message: `${show(formatPath(path))} is unknown and makes no difference${meant}`,
        path,
      }
    })
}

function show(path: string): string {
  const isPlain = path.length <= LONGEST_SHOWN && /^[\p{L}\p{N}_$[\].:/-]+$/u.test(path)
  return isPlain ? path : JSON.stringify(path.slice(0, LONGEST_SHOWN))
}
