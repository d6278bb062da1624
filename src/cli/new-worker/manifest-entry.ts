import path from 'node:path'
import { type Document, isMap, parseDocument, Scalar, YAMLMap } from 'yaml'
import { WORKER_PACKAGE } from '../../contract/actions.ts'

/** What builds the actions of a project that Darkroom is a package of. */
export const BUILD = 'darkroom build'

const LIMITS_COMMENT = ' Milliseconds, megabytes, activations in one process.'

/** A file that has actions. */
export interface ManifestFile {
  /** What it is called, relative to the project. */
  readonly file: string
  /** The names that lead to its packages; none in a `manifest.yml`. */
  readonly members: readonly string[]
}

/** The manifest of a project from before there were extensions. */
export const MANIFEST_FILE: ManifestFile = { file: 'manifest.yml', members: [] }

/**
 * Adds an action to the text of a manifest, whose comments, order, indentation and line ends stay. One that belongs to an
 * extension gets the hook as well that builds the action before `aio` zips it.
 *
 * @throws {Error} one sentence when it is not YAML, when there is no such package, or when it has that action already
 */
export function addToManifest(
  manifest: string,
  name: string,
  { file, members }: ManifestFile = MANIFEST_FILE,
): string {
  const document = parseDocument(manifest)
  const [error] = document.errors
  if (error !== undefined) {
    const [what = ''] = error.message.split('\n')
    throw new Error(`${file} is not YAML: ${what.replace(/:$/, '')}.`)
  }
  const packages = [...members, 'packages', WORKER_PACKAGE]
  const actions = document.getIn([...packages, 'actions'])
  if (!isMap(actions)) {
    throw new Error(`${file} has no actions in ${packages.join('.')} to add to.`)
  }
  if (actions.has(name)) throw new Error(`${file} has an action ${name} already.`)
  const built = path.posix.relative(path.posix.dirname(file), `build/actions/${name}`)
  if (members.length > 0) addBuild(document, [...members.slice(0, -1), 'hooks'], file)
  const entry = document.createNode({
    function: built,
    web: quoted('yes'),
    runtime: 'nodejs:24',
    limits: { timeout: 60_000, memorySize: 1024, concurrency: 1 },
    annotations: { 'require-adobe-auth': true },
  })
  const limits: unknown = entry.get('limits')
  if (limits instanceof YAMLMap) limits.commentBefore = LIMITS_COMMENT
  actions.set(name, entry)
  const [, indentation = '  '] = /^( +)[^\s#]/m.exec(manifest) ?? []
  const text = document.toString({ lineWidth: 0, indent: indentation.length })
  return manifest.includes('\r\n') ? text.replaceAll(/\r?\n/g, '\r\n') : text
}

/** @throws {Error} one sentence when another hook is there, which nobody can tell what it does */
function addBuild(document: Document, hooks: readonly string[], file: string): void {
  const hook = [...hooks, 'pre-app-build']
  const present = document.getIn(hook)
  if (present === undefined || present === null) document.setIn(hook, BUILD)
  else if (typeof present !== 'string' || !present.includes(BUILD)) {
    throw new Error(
      `${file} has a hook ${hook.join('.')} already, which should run ${BUILD} first.`,
    )
  }
}

/** The manifest's other entries have it in quotes: older readers of YAML take a bare yes for true. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text)
  scalar.type = Scalar.QUOTE_DOUBLE
  return scalar
}
