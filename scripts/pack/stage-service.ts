import { globSync } from 'node:fs'
import { copyFile, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { serialize } from 'node:v8'
import * as z from 'zod/mini'
import { PACKED_PAGE } from '../../src/doors/page/serving/kept-bundle.ts'
import { asInstalled } from './as-installed.ts'
import { readRootPackage } from './root-package.ts'
import { namedAsJavaScript, toJavaScript } from './to-javascript.ts'
import { write } from './write-file.ts'

/** What is taken as it is. */
const COPIED = ['.env.example', 'CHANGELOG.md', 'LICENSE', 'licences', 'samples']

/** What are no modules, and name some; or name commands. */
const TEXTS = ['manifest.yml', 'bin/darkroom.cjs']

/** The comparison of renditions that test cases link to. */
const VALIDATE = 'test/asset-compute/validate'

/**
 * Lays out the package `darkroom`: the service and its commands as JavaScript, in the places that they have in the repository, by
 * which they find each other; the developer page put together.
 */
export async function stageService(root: string, folder: string): Promise<void> {
  const { version, description, license, dependencies } = await readRootPackage(root)
  const modules = globSync(['{src,actions}/**/*.ts', `${VALIDATE}.ts`], { cwd: root })
  for (const module of modules.filter((each) => !each.endsWith('.d.ts'))) {
    const source = await readFile(path.join(root, module), 'utf8')
    const file = path.join(folder, module.replace(/\.ts$/, '.js'))
    await write(file, toJavaScript(asInstalled(source)))
  }
  for (const name of TEXTS) {
    const text = await readFile(path.join(root, name), 'utf8')
    const isProgram = name.startsWith('bin/')
    const named = namedAsJavaScript(text).replaceAll('/index.ts', '/index.js')
    await write(path.join(folder, name), asInstalled(named), isProgram ? 0o755 : 0o644)
  }
  const validate = await readFile(path.join(root, VALIDATE), 'utf8')
  await write(path.join(folder, VALIDATE), validate.replaceAll('.ts"', '.js"'), 0o755)
  for (const name of COPIED) {
    await cp(path.join(root, name), path.join(folder, name), { recursive: true })
  }
  for (const name of globSync('docs/*.md', { cwd: root })) {
    await write(path.join(folder, name), asInstalled(await readFile(path.join(root, name), 'utf8')))
  }
  await copyFile(path.join(root, 'scripts/pack/darkroom.md'), path.join(folder, 'README.md'))
  await write(path.join(folder, PACKED_PAGE), await bundlePage(root, path.dirname(folder)))
  const about = {
    name: 'darkroom',
    version,
    description,
    license,
    type: 'module',
    bin: { darkroom: 'bin/darkroom.cjs' },
    exports: { './package.json': './package.json' },
    engines: { node: '>=24' },
    dependencies,
  }
  await write(path.join(folder, 'package.json'), `${JSON.stringify(about, undefined, 2)}\n`)
}

const bundlerSchema = z.object({
  bundlePage: z.custom<() => Promise<unknown>>((it) => typeof it === 'function'),
})

/** Puts the page together from sources that call the commands as they are called in the package. */
async function bundlePage(root: string, beside: string): Promise<Buffer> {
  const work = await mkdtemp(path.join(beside, 'page-'))
  try {
    const sources = globSync('{src,page}/**/*', { cwd: root, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    for (const name of sources) {
      const content = await readFile(path.join(root, name))
      await write(
        path.join(work, name),
        name.endsWith('.ts') ? asInstalled(content.toString()) : content,
      )
    }
    for (const name of ['node_modules', 'tsconfig.json']) {
      await symlink(path.join(root, name), path.join(work, name))
    }
    const module = path.join(work, 'src/doors/page/serving/bundle-page.ts')
    const bundler = bundlerSchema.parse(await import(pathToFileURL(module).href))
    return serialize({ key: '', files: await bundler.bundlePage() })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
