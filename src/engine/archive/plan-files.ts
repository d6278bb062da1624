import { OperationError } from '../../base/operation-error.ts'
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
  /** Where it stands among the files that were asked for, from 0. */
  readonly index: number
  readonly url: string
  /** Clean, see {@link cleanPath}. */
  readonly path: string
}

/** PATH_MAX of Linux. */
const LONGEST_PATH_BYTES = 4096

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
 * @throws {@link OperationError} naming the file whose URL is none, or the two that get in each other's way
 */
export function planFiles(
  files: readonly RequestedFile[],
  { ignoreDuplicates }: { readonly ignoreDuplicates: boolean },
): PlannedFile[] {
  const root: Node = { children: new Map() }
  return files.flatMap((requested, index) => {
    const file = plan(requested, index)
    const node = enter(root, file)
    if (node.file !== undefined && ignoreDuplicates) return []
    if (node.file !== undefined) {
      throw new OperationError('file_paths_equal', { first: told(node.file), second: told(file) })
    }
    const inside = firstFile(node)
    if (inside !== undefined) throw fileAndFolder(file, inside)
    node.file = file
    return [file]
  })
}

function plan({ url, path }: RequestedFile, index: number): PlannedFile {
  const protocol = URL.parse(url)?.protocol
  if (protocol !== 'https:' && protocol !== 'data:') {
    const place = protocol === undefined ? undefined : nameUrl(url)
    throw new OperationError('file_url_invalid', { index, place })
  }
  const clean = path === undefined || path.trim() === '' ? pathOfUrl(url) : cleanPath(path)
  const bytes = Buffer.byteLength(clean)
  if (bytes <= LONGEST_PATH_BYTES) return { index, url, path: clean }
  throw new OperationError('file_path_too_long', { index, bytes, most: LONGEST_PATH_BYTES })
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

function fileAndFolder(file: PlannedFile, inside: PlannedFile): OperationError {
  return new OperationError('file_and_folder', { file: told(file), inside: told(inside) })
}

/** What is told of a file; its URL may open something. */
function told({ index, path }: PlannedFile): Pick<PlannedFile, 'index' | 'path'> {
  return { index, path }
}
