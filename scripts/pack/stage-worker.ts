import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { readHouse } from '../rooms/imports.ts'
import { asInstalled } from './as-installed.ts'
import { readRootPackage } from './root-package.ts'
import { namedAsJavaScript, toJavaScript } from './to-javascript.ts'
import { write } from './write-file.ts'

const ENTRY = 'worker/index'

/** What a module imports, or asks the place of. */
const IMPORTED = /\b(?:from\s+|import\s+|import\(\s*|resolve\(\s*)'([^'.][^']*)'/g

/** What `@adobe/asset-compute-sdk` lacks: its types. */
const SDK_TYPES = 'src/sdk/asset-compute-sdk.d.ts'

/**
 * Lays out the package `darkroom-worker`: the modules that `worker/index.ts` reaches as JavaScript, threads and processes
 * included, the types of what it exports, and the packages that they take.
 */
export async function stageWorker(root: string, folder: string): Promise<void> {
  const { version, license, dependencies } = await readRootPackage(root)
  const texts: string[] = []
  for (const module of reachedFrom(root, `${ENTRY}.ts`)) {
    const source = asInstalled(await readFile(path.join(root, module), 'utf8'))
    const text = toJavaScript(source)
    texts.push(text)
    await write(path.join(folder, module.replace(/\.ts$/, '.js')), text)
  }
  await writeTypes(root, folder)
  await copyFile(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'))
  await copyFile(path.join(root, 'worker/README.md'), path.join(folder, 'README.md'))
  const about = {
    name: 'darkroom-worker',
    version,
    description:
      'What a worker of Asset Compute is written with: typed, and without ImageMagick or ExifTool',
    license,
    type: 'module',
    exports: {
      '.': { types: `./${ENTRY}.d.ts`, default: `./${ENTRY}.js` },
      './package.json': './package.json',
    },
    engines: { node: '>=24' },
    dependencies: Object.fromEntries(
      Object.entries(dependencies).filter(([name]) => texts.some((text) => takes(text, name))),
    ),
  }
  await write(path.join(folder, 'package.json'), `${JSON.stringify(about, undefined, 2)}\n`)
}

/** Whether a module imports a package, or a file of it. */
function takes(text: string, name: string): boolean {
  return Array.from(text.matchAll(IMPORTED), ([, imported = '']) => imported).some(
    (imported) => imported === name || imported.startsWith(`${name}/`),
  )
}

/** A module and all that it imports or loads, and they in turn. */
function reachedFrom(root: string, entry: string): Set<string> {
  const imports = Map.groupBy(readHouse(root).imports, ({ from }) => from)
  const reached = new Set([entry])
  for (const module of reached) for (const { to } of imports.get(module) ?? []) reached.add(to)
  return reached
}

/** Writes the declarations that those of the entry lead to. */
async function writeTypes(root: string, folder: string): Promise<void> {
  const all = await mkdtemp(path.join(path.dirname(folder), 'types-'))
  try {
    await emitTypes(root, all)
    const known = new Set(globSync('**/*.d.ts', { cwd: all }))
    const reached = new Set([`${ENTRY}.d.ts`])
    for (const file of reached) {
      const text = await readFile(path.join(all, file), 'utf8')
      for (const [, name = ''] of text.matchAll(/(?:\bfrom |\bimport\()["'](\.[^"']+)\.ts["']/g)) {
        const other = `${path.posix.join(path.posix.dirname(file), name)}.d.ts`
        if (known.has(other)) reached.add(other)
      }
      const reference = file === `${ENTRY}.d.ts` ? `/// <reference path="../${SDK_TYPES}" />\n` : ''
      await write(path.join(folder, file), reference + namedAsJavaScript(text))
    }
    await write(path.join(folder, SDK_TYPES), await readFile(path.join(root, SDK_TYPES)))
  } finally {
    await rm(all, { recursive: true, force: true })
  }
}

async function emitTypes(root: string, to: string): Promise<void> {
  const tsc = path.join(root, 'node_modules', '.bin', 'tsc')
  const project = path.join(root, 'worker', 'tsconfig.json')
  await promisify(execFile)(tsc, ['-p', project, '--outDir', to], { cwd: root })
}
