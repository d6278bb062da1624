import { RenditionError } from '../../base/errors.ts'
import { nameUrl } from '../../base/redact.ts'
import { cleanPath, pathOfUrl } from './paths.ts'

/** A file that shall be in an archive. */
export interface RequestedFile {
  readonly url: string
  /** Where in the archive; without one, the name at the end of the URL. */
  readonly path?: string | undefined
}

/** A file that will be in an archive. */
export interface PlannedFile {
  /** What it is called in a sentence, such as "files[3]". */
  readonly title: string
  readonly url: string
  /** Clean, see {@link cleanPath}. */
  readonly path: string
}

/** PATH_MAX of Linux. */
const LONGEST_PATH_BYTES = 4096
const LONGEST_SHOWN_PATH = 100

/** A folder, a file, or something that is neither yet; the names of what is in it are in small letters. */
interface Node {
  file?: PlannedFile
  readonly children: Map<string, Node>
}

/**
 * Gives each file its path, before any is fetched. Paths that differ only in small and capital letters count as the same:
 * Windows and macOS would write one file over the other without a word.
 *
 * @param options.ignoreDuplicates - of several files with one path, to keep the first rather than to fail
 * @throws {@link RenditionError} GenericError naming the file whose URL is none, or the two that get in each other's way
 */
export function planFiles(
  files: readonly RequestedFile[],
  { ignoreDuplicates }: { readonly ignoreDuplicates: boolean },
): PlannedFile[] {
  const root: Node = { children: new Map() }
  return files.flatMap((requested, index) => {
    const file = plan(requested, `files[${index}]`)
    const node = enter(root, file)
    if (node.file !== undefined && ignoreDuplicates) return []
    if (node.file !== undefined) throw duplicate(file, node.file)
    const inside = firstFile(node)
    if (inside !== undefined) throw fileAndFolder(file, inside)
    node.file = file
    return [file]
  })
}

function plan({ url, path }: RequestedFile, title: string): PlannedFile {
  const protocol = URL.parse(url)?.protocol
  if (protocol !== 'https:' && protocol !== 'data:') {
    const wrong = protocol === undefined ? 'it is none' : `it is ${nameUrl(url)}`
    throw new RenditionError(
      'GenericError',
      `The URL of ${title} must be an https: or data: URL, but ${wrong}.`,
    )
  }
  const clean = path === undefined || path.trim() === '' ? pathOfUrl(url) : cleanPath(path)
  const bytes = Buffer.byteLength(clean)
  if (bytes <= LONGEST_PATH_BYTES) return { title, url, path: clean }
  throw new RenditionError(
    'GenericError',
    `The path of ${title} must have at most ${LONGEST_PATH_BYTES} bytes, but it has ${bytes}.`,
  )
}

/** Goes to where a file belongs. */
function enter(root: Node, file: PlannedFile): Node {
  let node = root
  for (const segment of file.path.toLowerCase().split('/')) {
    if (node.file !== undefined) throw fileAndFolder(node.file, file)
    const child = node.children.get(segment) ?? { children: new Map<string, Node>() }
    node.children.set(segment, child)
    node = child
  }
  return node
}

function firstFile(node: Node): PlannedFile | undefined {
  let found: Node | undefined = node
  while (found !== undefined && found.file === undefined) [found] = found.children.values()
  return found?.file
}

function duplicate(file: PlannedFile, first: PlannedFile): RenditionError {
  const both =
    file.path === first.path
      ? `${first.title} and ${file.title} have the same path ${show(file)}`
      : `${first.title} has the path ${show(first)} and ${file.title} has ${show(file)}, the same on Windows and macOS`
  return new RenditionError(
    'GenericError',
    `${both}; every file must have a path of its own, unless duplicate is "ignore".`,
  )
}

function fileAndFolder(file: PlannedFile, inside: PlannedFile): RenditionError {
  return new RenditionError(
    'GenericError',
    `${file.title} has the path ${show(file)} and ${inside.title} has ${show(inside)}; a path must be that of a file or of a folder, not both.`,
  )
}

function show({ path }: PlannedFile): string {
  return JSON.stringify(
    path.length > LONGEST_SHOWN_PATH ? `…${path.slice(-LONGEST_SHOWN_PATH)}` : path,
  )
}
