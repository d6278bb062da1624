import assert from 'node:assert/strict'
import {
  appendFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { type BuiltAction, buildAction } from '../../src/build/build-action.ts'
import { keepRecordsOf } from '../../src/build/build-record.ts'
import { createFingerprints } from '../../src/build/fingerprints.ts'
import { builtFolder } from '../../src/build/layout.ts'
import { zipAction } from '../../src/build/zip-action.ts'
import { readArchivedFiles } from '../../src/cases/archive-comparison.ts'
import { writeZip } from '../../src/compose/write-zip.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { readFolder } from './folder-contents.ts'
import { writeProject } from './project.ts'

const FILES = {
  'actions/one/index.ts': `
    import { shared } from '../../src/shared'
    import packaged from 'packaged'
    import '@own/scoped'
    import { linked } from 'linked'
    const logo = () => new URL('./logo.txt', import.meta.url)
    const thread = () => new URL('./thread.ts', import.meta.url)
    const shipped = () => import.meta.resolve('shipped/data.bin')
    export const main = () => ({ shared, packaged, linked, logo, thread, shipped })
  `,
  'actions/one/logo.txt': 'logo',
  'actions/one/thread.ts': "import './of-thread.ts'",
  'actions/one/of-thread.ts': 'console.log(1)',
  'src/shared.js': 'export const shared = 1',
  'node_modules/packaged/package.json': '{"version": "1.0.0", "main": "a.js"}',
  'node_modules/packaged/a.js': "module.exports = require('./b.js')",
  'node_modules/packaged/b.js': 'module.exports = 1',
  'node_modules/packaged/c.js': 'module.exports = 3',
  'node_modules/@own/scoped/index.js': 'console.log(1)',
  'node_modules/shipped/package.json': '{}',
  'node_modules/shipped/data.bin': 'data',
  'node_modules/shipped/LICENSE': 'licence',
  'packages/linked/package.json': '{"name": "linked", "main": "index.ts"}',
  'packages/linked/index.ts': "export { linked } from './source'",
  'packages/linked/source.js': 'export const linked = 1',
  'packages/other/package.json': '{"name": "linked", "main": "index.js"}',
  'packages/other/index.js': 'export const linked = 2',
  'tsconfig.json': '{"extends": "./config/base", "compilerOptions": {}}',
  'config/base.json': '{"compilerOptions": {"useDefineForClassFields": true}}',
  'package-lock.json': '{"packages": {}}',
  'node_modules/.package-lock.json': '{"packages": {}}',
}

type Change = (fileIn: (name: string) => string) => Promise<unknown>

const saves =
  (file: string, text: string): Change =>
  (fileIn) =>
    writeFile(fileIn(file), text)

/** Whatever an action is made of, and its built folder. */
const CHANGES: readonly { readonly title: string; readonly change: Change }[] = [
  { title: 'its module', change: (fileIn) => appendFile(fileIn('actions/one/index.ts'), '//') },
  { title: 'a module that it imports', change: saves('src/shared.js', 'export const shared = 2') },
  {
    title: 'a new module that is nearer than the one it imports',
    change: saves('src/shared.ts', 'export const shared = 3'),
  },
  { title: 'a file beside it', change: saves('actions/one/logo.txt', 'LOGO') },
  { title: 'a module of a thread', change: saves('actions/one/of-thread.ts', 'console.log(2)') },
  {
    title: 'a module of a package',
    change: saves('node_modules/packaged/b.js', 'module.exports = 2'),
  },
  {
    title: 'the version of a package',
    change: saves('node_modules/packaged/package.json', '{"version": "1.0.1", "main": "a.js"}'),
  },
  {
    title: 'which module of a package is its own',
    change: saves('node_modules/packaged/package.json', '{"version": "1.0.0", "main": "c.js"}'),
  },
  {
    title: 'a module of a package with a scope',
    change: saves('node_modules/@own/scoped/index.js', 'console.log(2)'),
  },
  {
    title: 'what is installed anywhere in node_modules',
    change: saves('node_modules/.package-lock.json', '{"packages": {"a": {}}}'),
  },
  {
    title: 'a package that is nearer',
    change: async (fileIn) => {
      await mkdir(fileIn('actions/one/node_modules/packaged'), { recursive: true })
      await writeFile(fileIn('actions/one/node_modules/packaged/index.js'), 'module.exports = 4')
    },
  },
  {
    title: 'a module of a linked package',
    change: saves('packages/linked/source.js', 'export const linked = 3'),
  },
  {
    title: 'a new module of a linked package',
    change: saves('packages/linked/source.ts', 'export const linked = 4'),
  },
  {
    title: 'where a linked package is',
    change: async (fileIn) => {
      await rm(fileIn('node_modules/linked'))
      await symlink('../packages/other', fileIn('node_modules/linked'))
    },
  },
  { title: 'a file that it ships', change: saves('node_modules/shipped/data.bin', 'DATA') },
  { title: 'a licence of what it ships', change: saves('node_modules/shipped/LICENSE', '') },
  { title: 'a new licence of what it ships', change: saves('node_modules/shipped/NOTICE', '') },
  { title: 'the tsconfig.json', change: saves('tsconfig.json', '{}') },
  { title: 'what the tsconfig.json extends', change: saves('config/base.json', '{}') },
  { title: 'a new tsconfig.json that is nearer', change: saves('actions/tsconfig.json', '{}') },
  { title: 'package-lock.json', change: saves('package-lock.json', '{"packages": {"a": {}}}') },
  {
    title: 'the version of the project',
    change: saves('package.json', '{"name": "own", "version": "2.0.0"}'),
  },
  { title: 'its bundle', change: saves('build/actions/one/index.js', '') },
  { title: 'its built package.json', change: saves('build/actions/one/package.json', '{}') },
  { title: 'a file in its built folder', change: saves('build/actions/one/more.js', '') },
  {
    title: 'its built folder',
    change: (fileIn) => rm(fileIn('build/actions/one'), { recursive: true }),
  },
]

/** What makes no difference. */
const OTHERS: typeof CHANGES = [
  { title: 'another action', change: saves('actions/two/index.ts', 'export const main = ;') },
  {
    title: 'folders of builds and renditions',
    change: async (fileIn) => {
      await mkdir(fileIn('dist'))
      await mkdir(fileIn('renditions'))
    },
  },
  {
    title: 'a module of a package that it does not import',
    change: saves('node_modules/packaged/d.js', ''),
  },
]

function build(project: string): Promise<BuiltAction> {
  return buildAction({
    project,
    name: 'one',
    folder: builtFolder(project, 'one'),
    measure: async () => ({ bytes: 1, files: [] }),
    fingerprint: createFingerprints(),
  })
}

/** Builds and zips it; the number of the archive on the disk is that of another one when it was written anew. */
async function zip(project: string): Promise<number> {
  const { content } = await build(project)
  const to = path.join(project, 'dist/own/one.zip')
  const files = { folder: builtFolder(project, 'one'), to }
  await zipAction({ project, name: 'one', content, ...files, writeZip })
  return (await stat(to)).ino
}

describe('an action that was built before', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()
  let count = 0

  async function useProject(): Promise<string> {
    count += 1
    const project = writeProject(folder.pathTo(`project-${count}`), {
      ...FILES,
      'actions/two/index.ts': 'export const main = () => ({})',
    })
    await symlink('../packages/linked', path.join(project, 'node_modules/linked'))
    // All of it was saved some time before it is built.
    const { ctimeMs } = await lstat(path.join(project, 'node_modules/linked'))
    while (Date.now() - ctimeMs < 50);
    return project
  }

  it('is left as it is when nothing has changed', async () => {
    const project = await useProject()
    const first = await build(project)
    const built = readFolder(builtFolder(project, 'one'))
    assert.deepEqual(await build(project), { ...first, isUnchanged: true })
    assert.deepEqual(readFolder(builtFolder(project, 'one')), built)
  })

  for (const { title, change } of CHANGES) {
    it(`is built anew when this has changed: ${title}`, async () => {
      const project = await useProject()
      await build(project)
      await change((name) => path.join(project, name))
      assert.equal((await build(project)).isUnchanged, false)
    })
  }

  for (const { title, change } of OTHERS) {
    it(`is left as it is whatever else has changed: ${title}`, async () => {
      const project = await useProject()
      await build(project)
      await change((name) => path.join(project, name))
      assert.equal((await build(project)).isUnchanged, true)
    })
  }

  it('is built anew when what it is made of was saved meanwhile', async () => {
    const project = await useProject()
    await writeFile(path.join(project, 'src/shared.js'), 'export const shared = 5')
    await build(project)
    assert.equal((await build(project)).isUnchanged, false)
  })

  it('is built anew after what builds has changed', async () => {
    const project = await useProject()
    await build(project)
    const file = path.join(project, 'node_modules/.cache/darkroom/builds/one.json')
    const record = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, JSON.stringify({ ...record, builder: 'another' }))
    assert.equal((await build(project)).isUnchanged, false)
  })

  it('is forgotten when it is an action no more', async () => {
    const project = await useProject()
    await build(project)
    const records = path.join(project, 'node_modules/.cache/darkroom/builds')
    assert.deepEqual(await readdir(records), ['one.json'])
    await keepRecordsOf(project, ['two'])
    assert.deepEqual(await readdir(records), [])
  })

  it('says of what it is in its package.json, so that aio notices', async () => {
    const project = await useProject()
    const { content } = await build(project)
    await writeFile(path.join(project, 'node_modules/shipped/data.bin'), 'DATA')
    const changed = await build(project)
    assert.notEqual(changed.content, content)
    const about = readFolder(builtFolder(project, 'one'))['package.json']
    assert.equal(JSON.parse(String(about)).content, changed.content)
  })

  describe('and zipped', () => {
    it('has the archive that it had', async () => {
      const project = await useProject()
      const first = await zip(project)
      assert.equal(await zip(project), first)
    })

    for (const { title, change } of [
      ...CHANGES.filter((each) => each.title === 'a file that it ships'),
      { title: 'the archive', change: saves('dist/own/one.zip', 'another') },
      { title: 'the archive is gone', change: (fileIn) => rm(fileIn('dist/own/one.zip')) },
    ] satisfies typeof CHANGES) {
      it(`is zipped anew when this has changed: ${title}`, async () => {
        const project = await useProject()
        await zip(project)
        await change((name) => path.join(project, name))
        await zip(project)
        const archive = await readFile(path.join(project, 'dist/own/one.zip'))
        const zipped = await readArchivedFiles(archive)
        assert.deepEqual(
          Object.fromEntries(zipped.map((file) => [file.path, file.content])),
          readFolder(builtFolder(project, 'one')),
        )
      })
    }
  })
})
