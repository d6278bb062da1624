import { isMap, parseDocument, Scalar, YAMLMap } from 'yaml'
import { WORKER_PACKAGE } from '../../contract/actions.ts'

const LIMITS_COMMENT = ' Milliseconds, megabytes, activations in one process.'

/**
 * Adds an action to the text of a `manifest.yml`, whose comments, order, indentation and line ends stay.
 *
 * @throws {Error} one sentence when it is not YAML, when there is no such package, or when it has that action already
 */
export function addToManifest(manifest: string, name: string): string {
  const document = parseDocument(manifest)
  const [error] = document.errors
  if (error !== undefined) {
    const [what = ''] = error.message.split('\n')
    throw new Error(`manifest.yml is not YAML: ${what.replace(/:$/, '')}.`)
  }
  const actions = document.getIn(['packages', WORKER_PACKAGE, 'actions'])
  if (!isMap(actions)) {
    throw new Error(`manifest.yml has no actions in packages.${WORKER_PACKAGE} to add to.`)
  }
  if (actions.has(name)) throw new Error(`manifest.yml has an action ${name} already.`)
  const entry = document.createNode({
    function: `build/actions/${name}`,
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

/** The manifest's other entries have it in quotes: older readers of YAML take a bare yes for true. */
function quoted(text: string): Scalar {
  const scalar = new Scalar(text)
  scalar.type = Scalar.QUOTE_DOUBLE
  return scalar
}
