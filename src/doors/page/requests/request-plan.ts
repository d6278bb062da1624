import { ServiceError } from '../../../base/errors.ts'
import { chooseBuiltInWorker } from '../../../contract/actions.ts'
import type { Instructions } from '../../../contract/instructions/instruction.ts'
import { textsIn } from '../../../contract/instructions/named-files.ts'
import type { KeptSource } from '../api.ts'
import { uniqueNames } from '../files/file-name.ts'

/** How many renditions one run makes: of more, nobody would see the end. */
const MOST_RENDITIONS = 10_000

/** A request that is to be sent. */
export interface PlannedRequest {
  source: KeptSource | undefined
  /** What the instructions name as `./NAME`. */
  files: readonly KeptSource[]
  renditions: readonly Instructions[]
}

/** What the instructions of a rendition name a source by. */
export function referTo({ name }: KeptSource): string {
  return `./${name}`
}

/**
 * Makes requests of what somebody wants of some sources.
 *
 * - There is a request for each source, with all renditions.
 * - `./NAME` anywhere in the instructions, such as in those of a watermark, names another source. What is named is no
 *   source of a request of its own then, unless nothing else is left.
 * - An archive looks at no source. All of them are made once, in a request of their own, of the files that they name, and
 *   of all the sources when they have no `files`.
 * - Without sources there is one request, which has none.
 *
 * Of several sources with one name, the second `a.png` is called `a-2.png`.
 *
 * @throws {ServiceError} 400 when the instructions name what is not among the sources, or it would be too many renditions
 */
export function planRequests(
  given: readonly KeptSource[],
  renditions: readonly Instructions[],
): PlannedRequest[] {
  const all = given.length * renditions.length
  if (all > MOST_RENDITIONS) {
    throw new ServiceError(
      'invalid',
      `${renditions.length} renditions of ${given.length} sources are ${all}, but at most ${MOST_RENDITIONS} are made at once; take fewer sources.`,
    )
  }
  const names = uniqueNames(given.map(({ name }) => name))
  const sources = given.map((source, index) => ({ ...source, name: names[index] ?? source.name }))
  if (sources.length === 0) return [plan(undefined, sources, renditions)]
  const archives = renditions.filter(isArchive).map((each) => withFiles(each, sources))
  const others = renditions.filter((each) => !isArchive(each))
  const named = filesIn(others, sources)
  const own = sources.filter((source) => !named.includes(source))
  return [
    ...(others.length === 0 ? [] : own.length === 0 ? sources : own).map((source) =>
      plan(source, sources, others),
    ),
    ...(archives.length === 0 ? [] : [plan(undefined, sources, archives)]),
  ]
}

function plan(
  source: KeptSource | undefined,
  sources: readonly KeptSource[],
  renditions: readonly Instructions[],
): PlannedRequest {
  return { source, files: filesIn(renditions, sources), renditions }
}

function isArchive(instructions: Instructions): boolean {
  return instructions['worker'] === undefined && chooseBuiltInWorker(instructions) === 'archive'
}

function withFiles(instructions: Instructions, sources: readonly KeptSource[]): Instructions {
  const { files = sources.map((each) => ({ url: referTo(each), path: each.name })) } = instructions
  return { ...instructions, files }
}

/** The sources that some instructions name, in the order of the sources. */
function filesIn(
  renditions: readonly Instructions[],
  sources: readonly KeptSource[],
): KeptSource[] {
  const texts = textsIn(renditions)
  const known = new Set<unknown>(sources.map(referTo))
  for (const text of texts) {
    if (typeof text !== 'string' || !text.startsWith('./') || known.has(text)) continue
    const which =
      sources.length === 0 ? 'there are no sources' : `the sources are ${[...known].join(', ')}`
    throw new ServiceError(
      'invalid',
      `The instructions name ${JSON.stringify(text.slice(0, 100))}, but ${which}.`,
    )
  }
  return sources.filter((source) => texts.has(referTo(source)))
}
