import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import type { DevtoolRequest, KeptSource } from '../../src/doors/page/api.ts'

/** A file as a program finds it, and as it is called in the request. */
export interface CopiedFile {
  /** Where it is, seen from the folder of the project. */
  readonly path: string
  readonly name: string
}

/** What of a request becomes a program that sends it again. */
export interface CopiedRequest {
  /** That of the service, such as `https://localhost:9443`. */
  readonly origin: string
  readonly source: CopiedFile | undefined
  /** What the instructions name as `./NAME`. */
  readonly files: readonly CopiedFile[]
  /** Each with a `name` that is a file name, and that no other has. */
  readonly renditions: readonly (Instructions & { readonly name: string })[]
}

/**
 * Reads a request.
 *
 * @param pathOf - where a file is, seen from the folder of the project
 */
export function copyRequest(
  { source, files, renditions }: Pick<DevtoolRequest, 'source' | 'files' | 'renditions'>,
  origin: string,
  pathOf: (file: KeptSource) => string,
): CopiedRequest {
  const copyFile = (file: KeptSource): CopiedFile => ({ path: pathOf(file), name: file.name })
  return {
    origin,
    source: source && copyFile(source),
    files: files.map(copyFile),
    renditions: nameRenditions(renditions.map(({ instructions }) => instructions)),
  }
}

/** What is made, in words, such as `2 renditions of harbour.jpg`. */
export function describeRequest({ source, renditions }: CopiedRequest): string {
  const made = renditions.length === 1 ? '1 rendition' : `${renditions.length} renditions`
  // It becomes a comment, which a line break would end.
  return source === undefined ? made : `${made} of ${source.name.replaceAll(/\p{Cc}/gu, ' ')}`
}

/** The file that a text of instructions stands for: `./NAME` of one that there is. */
export function fileOfText(files: readonly CopiedFile[], text: string): number | undefined {
  const index = files.findIndex(({ name }) => text === `./${name}`)
  return index === -1 ? undefined : index
}

/** Gives each rendition a name that can be a file's and that the others do not have. */
function nameRenditions(
  renditions: readonly Instructions[],
): (Instructions & { readonly name: string })[] {
  const taken = new Set<string>()
  return renditions.map(({ name, ...instructions }, index) => {
    const wanted = fileNameOf(name) ?? `rendition-${index}${extensionOf(instructions)}`
    const own = taken.has(wanted.toLowerCase()) ? `${index}-${wanted}` : wanted
    taken.add(own.toLowerCase())
    return { name: own, ...instructions }
  })
}

function fileNameOf(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined
  const safe = name.replaceAll(/[^\p{L}\p{N} ._+@=(),-]/gu, '_').slice(0, 200)
  return /^[. ]*$/.test(safe) ? undefined : safe
}

function extensionOf({ fmt }: Instructions): string {
  return typeof fmt === 'string' && /^\w+$/.test(fmt) ? `.${fmt}` : ''
}
