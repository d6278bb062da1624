import { existsSync, readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { isRecord, parseJson } from '../../base/json.ts'
import { WORKER_PACKAGE } from '../../contract/actions.ts'
import { APP_CONFIG, findProject, readAppParts } from '../../runtime/deploy/app-config.ts'
import { isOwnProject, OWN_PROJECT } from '../project-actions.ts'
import { BUILD, MANIFEST_FILE, type ManifestFile } from './manifest-entry.ts'
import { OWN_IMPORTS, PACKAGE_IMPORTS } from './template.ts'

/** Where a new worker goes, and what it needs there. */
export interface WorkerPlace {
  /** The folder of the project, which all else is relative to. */
  readonly project: string
  readonly manifest: ManifestFile
  /** The folder of test cases. */
  readonly cases: string
  readonly imports: string
  /** How commands are called there, and what tells of more. */
  readonly call: { readonly test: string; readonly start: string; readonly guide: string }
  /** What the `validate` of the test cases has to be a link to, unless it is there. */
  readonly validate: string | undefined
  /** What has to lie beside the module of a worker, so that Node.js takes it for one that has imports. */
  readonly beside: Readonly<Record<string, string>>
  /** Files that a project needs and this one lacks, with what is in them. */
  readonly files: Readonly<Record<string, string>>
}

/** What a worker is written with in a project of its own. */
const PACKAGES = ['darkroom', 'darkroom-worker', 'sharp', 'zod']

const NEW_PROJECT: Readonly<Record<string, string>> = {
  'package.json': `{
  "name": "workers",
  "version": "0.1.0",
  "private": true,
  "type": "module"
}
`,
  'manifest.yml': `# The actions of this project, as aio app deploy ships them and as darkroom start serves them.
packages:
  ${WORKER_PACKAGE}:
    license: Apache-2.0
    actions: {}
`,
  [APP_CONFIG]: `# manifest.yml holds the actions.
application:
  actions: actions
  hooks:
    # aio zips what this writes to build/actions/.
    pre-app-build: ${BUILD}
    pre-app-dev: ${BUILD}
    test: darkroom test-worker
`,
  '.gitignore': `node_modules/
.darkroom/
build/
dist/
.aio
.env
`,
}

/**
 * Tells where a new worker goes: to Darkroom's own actions, to those of the project where one stands, or to a project that
 * begins with it.
 *
 * @param folder - where a project begins, when there is none
 * @throws {Error} one sentence when the project lacks what the worker needs
 */
export function findWorkerPlace(folder: string): WorkerPlace {
  const found = findProject(folder)
  return found !== undefined && isOwnProject(found) ? OWN_PLACE : findOtherPlace(folder, found)
}

const OWN_PLACE: WorkerPlace = {
  project: OWN_PROJECT,
  manifest: MANIFEST_FILE,
  cases: path.join('test', 'asset-compute'),
  imports: OWN_IMPORTS,
  call: {
    test: 'npm run test-worker --',
    start: 'npm start --',
    guide: 'docs/write-a-worker.md',
  },
  validate: undefined,
  beside: {},
  files: {},
}

function findOtherPlace(folder: string, found: string | undefined): WorkerPlace {
  const project = found ?? folder
  const packages = requirePackages(project)
  const missing = Object.entries(NEW_PROJECT).filter(
    ([name]) => found === undefined && !existsSync(path.join(project, name)),
  )
  const { manifest, tests } =
    found === undefined
      ? { manifest: MANIFEST_FILE, tests: path.join(project, 'test') }
      : findManifest(project)
  const cases = path.join(path.relative(project, tests), 'asset-compute')
  const own = path.join(packages.darkroom, 'test', 'asset-compute', 'validate')
  return {
    project,
    manifest,
    cases,
    imports: PACKAGE_IMPORTS,
    call: {
      test: 'npx darkroom test-worker',
      start: 'npx darkroom start',
      guide: path.relative(project, path.join(packages.darkroom, 'docs/write-a-worker.md')),
    },
    validate: path.relative(path.join(project, cases), own),
    beside: saysCommonJs(project) ? { 'package.json': '{ "type": "module" }\n' } : {},
    files: Object.fromEntries(missing),
  }
}

/** Whether a project says of its modules that they are CommonJS, as one does that `npm init` has begun. */
function saysCommonJs(project: string): boolean {
  const file = path.join(project, 'package.json')
  const said = existsSync(file) ? parseJson(readFileSync(file, 'utf8')) : undefined
  return isRecord(said) && said['type'] === 'commonjs'
}

/** The part of a project that has workers, or the first one that has actions at all. */
function findManifest(project: string): { manifest: ManifestFile; tests: string } {
  const parts = readAppParts(project)
  const part = parts.find(({ name }) => name.startsWith('dx/asset-compute/')) ?? parts[0]
  if (part === undefined) {
    throw new Error(`${APP_CONFIG} has no actions to add to: neither runtimeManifest nor $include.`)
  }
  const { name, file, isFile, tests } = part
  if (isFile) return { manifest: MANIFEST_FILE, tests }
  const [scope = '', ...within] = file === APP_CONFIG ? scopeOf(name) : ['']
  const members = [scope, ...within, 'runtimeManifest'].filter((member) => member !== '')
  return { manifest: { file, members }, tests }
}

/** Where a part is in app.config.yaml, when it is not in a file of its own. */
function scopeOf(name: string): string[] {
  return name === 'application' ? [name] : ['extensions', name]
}

/**
 * @returns the folder of Darkroom as it is installed there
 * @throws {Error} one sentence naming what is missing and what brings it
 */
function requirePackages(project: string): { darkroom: string } {
  const darkroom = findPackage('darkroom', project)
  const missing = PACKAGES.filter((name) => findPackage(name, project) === undefined)
  if (darkroom !== undefined && missing.length === 0) return { darkroom }
  throw new Error(
    `A worker is written with ${PACKAGES.join(', ')}, and ${project} lacks ${missing.join(', ')}; npm install ${missing.join(' ')} brings what is missing.`,
  )
}

/** The folder of a package that a project has installed. */
function findPackage(name: string, project: string): string | undefined {
  try {
    const file = findPackageJSON(name, pathToFileURL(path.join(project, 'package.json')))
    return file && path.dirname(file)
  } catch {
    return undefined
  }
}
