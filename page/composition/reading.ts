import { parseJson } from '../../src/base/json.ts'
import { check, findProblems, type Problem } from '../../src/base/validation.ts'
import { checkRendition } from '../../src/contract/instructions/check.ts'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import { replaceTexts } from '../../src/contract/instructions/named-files.ts'
import { findUnknownInstructions } from '../../src/contract/instructions/unknown-instructions.ts'
import { findSharedNames } from '../../src/contract/oversights.ts'
import { processRequestSchema } from '../../src/contract/process-request.ts'
import { profileFileSchema } from '../../src/contract/profile-file.ts'
import {
  findDoubledMembers,
  findSyntaxProblem,
  locate,
  readTree,
  type TextProblem,
  type ValueProblem,
} from '../schema-form/syntax.ts'
import { strings } from '../strings.ts'

/** What a text says, right or wrong. */
export interface ReadComposition {
  /** Undefined when the text is no list of renditions. */
  readonly renditions: readonly Instructions[] | undefined
  /** Where the list is: the text itself, or its field `renditions`. */
  readonly base: readonly string[]
  /** What would be refused or fail, and then what is likely a mistake though it is neither. */
  readonly problems: readonly ValueProblem[]
}

/**
 * Reads the renditions of a composition: an array, or an object with one as its field `renditions`.
 *
 * @returns the renditions, when the gateway and our own workers would find nothing wrong with them before they look at a
 *   source; or else everything that they would find, in their words
 */
export function readComposition(
  text: string,
):
  | { readonly renditions: readonly Instructions[] }
  | { readonly problems: readonly TextProblem[] } {
  const { renditions, problems: all } = inspectComposition(text)
  const problems = all.filter(({ isRemark }) => !isRemark)
  return renditions === undefined || problems.length > 0 ? { problems } : { renditions }
}

let latest: { readonly text: string; readonly read: ReadComposition } | undefined

/** Reads as much of a composition as can be understood, for who wants to see and mend it. */
export function inspectComposition(text: string): ReadComposition {
  // The page is drawn with every update, and asks for the same text in several places each time.
  if (latest?.text !== text) latest = { text, read: inspect(text) }
  return latest.read
}

function inspect(text: string): ReadComposition {
  const syntax = findSyntaxProblem(text)
  const value = syntax === undefined ? parseJson(text) : undefined
  if (value === undefined) {
    const { noJson } = strings.composition
    const problem = syntax ?? { message: noJson, offset: 0, length: 1 }
    return { renditions: undefined, base: [], problems: [{ ...problem, path: [] }] }
  }
  const tree = readTree(text)
  const place = ({ message, path }: { message: string; path: readonly PropertyKey[] }) => ({
    message,
    path,
    ...range(locate(tree, path)),
  })
  const profile = check(profileFileSchema, value, strings.composition.whole)
  if (!profile.ok) {
    const problems = findProblems(profileFileSchema, value, strings.composition.whole)
    return { renditions: undefined, base: [], problems: problems.map(place) }
  }
  const base = Array.isArray(profile.value) ? [] : ['renditions']
  const renditions = Array.isArray(profile.value) ? profile.value : profile.value.renditions
  // The gateway's sentence for no rendition at all.
  const none =
    renditions.length === 0
      ? findProblems(processRequestSchema, { renditions }).map(({ message }) => ({
          message,
          path: base,
        }))
      : []
  const wrong = renditions.flatMap((rendition, index) =>
    findWrong(rendition).map(({ message, path }) => ({
      message,
      path: [...base, index, ...path],
    })),
  )
  const remarks = findRemarks(renditions).map((remark) => ({
    ...place({ ...remark, path: [...base, ...remark.path] }),
    isRemark: true as const,
  }))
  const problems = [...findDoubledMembers(tree), ...[...none, ...wrong].map(place), ...remarks]
  return { renditions, base, problems }
}

/** What is likely a mistake though the service takes it. */
function findRemarks(renditions: readonly Instructions[]): readonly Problem[] {
  const unknown = renditions.flatMap((rendition, index) =>
    findUnknownInstructions(rendition).map(({ message, path }) => ({
      message,
      path: [index, ...path],
    })),
  )
  return [...unknown, ...findSharedNames(renditions)]
}

/** Stands for the URL of a source that is named. */
const SOME_URL = 'https://localhost/'

/** What is wrong with a rendition, and will still be so when the service has put in what it adds to it. */
function findWrong(rendition: Instructions): readonly Problem[] {
  const left = new Set(checkRendition(asSent(rendition)).map(({ path }) => path.join('/')))
  return checkRendition(rendition).filter(({ path }) => left.has(path.join('/')))
}

/** Where `./NAME` names a source, the service puts its URL; an archive that says nothing of files gets all sources. */
function asSent(rendition: Instructions): Instructions {
  return {
    files: [SOME_URL],
    ...replaceTexts(rendition, (text) => (text.startsWith('./') ? SOME_URL : text)),
  }
}

function range({ offset, length }: { offset: number; length: number }) {
  return { offset, length }
}
