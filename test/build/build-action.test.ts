import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { zip } from '../support/zip.ts'
import { startContainer } from './action-container.ts'
import { readFolder } from './folder-contents.ts'
import { writeProject } from './project.ts'

const COMMAND = path.resolve(import.meta.dirname, '../../src/cli/build.ts')

const GOOD = 'export const main = (params: object) => ({ got: Object.keys(params) })\n'
const LARGE = {
  'actions/large/index.ts':
    "export const main = () => ({ place: import.meta.resolve('large/large.bin') })\n",
  'node_modules/large/package.json': '{}',
}

/** Why actions cannot be built, and the sentence that says so. */
const FAILURES: readonly {
  title: string
  files: Readonly<Record<string, string | Buffer>>
  sentence: string | RegExp
}[] = [
  {
    title: 'a module is missing',
    files: { 'actions/bad/index.ts': "\nimport './missing.ts'\n" },
    sentence: 'bad cannot be built: actions/bad/index.ts:2: Could not resolve "./missing.ts".',
  },
  {
    title: 'it is no TypeScript',
    files: { 'actions/bad/index.ts': 'export const main = ;\n' },
    sentence: 'bad cannot be built: actions/bad/index.ts:1: Unexpected ";".',
  },
  {
    title: 'a thread is missing',
    files: {
      'actions/bad/index.ts':
        "export const main = () => new URL('./thread.ts', import.meta.url).href",
    },
    sentence: 'bad cannot be built: Could not resolve "./actions/bad/thread.ts".',
  },
  {
    title: 'a file of a package is missing',
    files: {
      'actions/bad/index.ts': "export const main = () => import.meta.resolve('missing/a.wasm')\n",
    },
    sentence:
      'bad cannot be built: actions/bad/index.ts asks for the place of missing/a.wasm, which is not installed.',
  },
  {
    title: 'a file beside it is missing',
    files: {
      'actions/bad/index.ts':
        "export const main = () => new URL('./logo.png', import.meta.url).href\n",
    },
    sentence: 'bad cannot be built: there is no actions/bad/logo.png, which a module reads.',
  },
  {
    title: 'it asks for the place of a file beside it as if that were a package',
    files: {
      'actions/bad/index.ts': "export const main = () => import.meta.resolve('./logo.png')\n",
    },
    sentence:
      "bad cannot be built: actions/bad/index.ts: the place of ./logo.png cannot be asked for so; new URL('./logo.png', import.meta.url) says it as well.",
  },
  {
    title: 'there is no module',
    files: { 'actions/bad/other.ts': '' },
    sentence: 'bad cannot be built: there is no actions/bad/index.ts.',
  },
  {
    title: 'it imports a native module',
    files: {
      'actions/bad/index.ts': "import '@own/native'\nexport const main = () => ({})\n",
      'node_modules/@own/native/index.js': "module.exports = require('./a.node')\n",
      'node_modules/@own/native/a.node': '\0',
    },
    sentence:
      'bad cannot be built: it imports @own/native, native code for this machine, and Adobe I/O Runtime is linux-x64; ' +
      'sharp is the one native package that is shipped for it, so take what is JavaScript or WebAssembly instead.',
  },
  {
    title: 'it imports a package that finds its native module itself',
    files: {
      'actions/bad/index.ts': "import 'compiled'\nexport const main = () => ({})\n",
      'node_modules/compiled/index.js': 'module.exports = require(process.env.HOME)\n',
      'node_modules/compiled/binding.gyp': '{}',
    },
    sentence: /^bad cannot be built: it imports compiled, native code for this machine,/,
  },
]

describe('npm run build', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  it('builds the actions of manifest.yml, and tells their folders and sizes', async () => {
    const project = writeProject(folder.pathTo('two'), {
      'actions/one/index.ts': GOOD,
      'actions/two/index.ts': GOOD,
    })
    const { code, stdout, stderr } = await run(project)
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    const lines = stdout.trim().split('\n')
    assert.deepEqual(lines.slice(0, 2).toSorted(), [
      'one: build/actions/one, 0.0 MB zipped',
      'two: build/actions/two, 0.0 MB zipped',
    ])
    assert.match(lines[2] ?? '', /^2 of 2 actions built in \d+\.\d s$/)
    const { 'package.json': written, ...bundles } = readFolder(
      path.join(project, 'build/actions/one'),
    )
    assert.deepEqual(Object.keys(bundles), ['index.js'])
    const { content, ...about } = JSON.parse(String(written))
    assert.match(content, /^[\w-]{43}$/)
    assert.deepEqual(about, {
      name: 'one',
      version: '1.2.3',
      private: true,
      type: 'commonjs',
      main: 'index.js',
    })
  })

  it('builds only those that are named', async () => {
    const project = writeProject(folder.pathTo('named'), {
      'actions/one/index.ts': GOOD,
      'actions/two/index.ts': 'export const main = ;\n',
    })
    assert.equal((await run(project, 'one')).code, 0)
    assert.deepEqual(built(project), ['one'])
  })

  it('refuses a name that manifest.yml does not have', async () => {
    const project = writeProject(folder.pathTo('unknown'), {
      'actions/one/index.ts': GOOD,
      'actions/two/index.ts': GOOD,
    })
    assert.deepEqual(await run(project, 'one', 'three'), {
      code: 2,
      stdout: '',
      stderr: 'There is no action "three"; manifest.yml has one, two.\n',
    })
    assert.deepEqual(built(project), [])
  })

  it('refuses an option that it does not have', async () => {
    const { code, stderr } = await run(folder.pathTo(''), '--fast')
    assert.equal(code, 2)
    assert.equal(stderr, "Unknown option '--fast'; --help tells the options.\n")
  })

  for (const { title, files, sentence } of FAILURES) {
    it(`fails when ${title}, and leaves no folder of that action`, async () => {
      const project = writeProject(folder.pathTo(title), {
        ...files,
        'actions/good/index.ts': GOOD,
        'build/actions/bad/index.js': 'exports.main = () => ({ old: true })',
      })
      const { code, stdout, stderr } = await run(project)
      assert.equal(code, 1)
      assert.match(stdout, /\n1 of 2 actions built in /)
      if (typeof sentence === 'string') assert.equal(stderr, `${sentence}\n`)
      else assert.match(stderr.trimEnd(), sentence)
      assert.deepEqual(built(project), ['good'])
    })
  }

  it('fails when an action is larger than Adobe I/O Runtime takes', async () => {
    const project = writeProject(folder.pathTo('large'), {
      ...LARGE,
      'node_modules/large/large.bin': randomBytes(23 * 1024 * 1024),
    })
    const { code, stderr } = await run(project)
    assert.equal(code, 1)
    assert.match(
      stderr,
      /^large is 23\.0 MB zipped, and Adobe I\/O Runtime takes at most 22\.0 MB; the largest files in it are node_modules\/large\/large\.bin \(23\.0 MB\), index\.js \(0\.0 MB\), /,
    )
    assert.deepEqual(built(project), [])
  })

  it('goes by the size when zipped', async () => {
    const project = writeProject(folder.pathTo('compressible'), {
      ...LARGE,
      'node_modules/large/large.bin': Buffer.alloc(23 * 1024 * 1024),
    })
    assert.equal((await run(project)).code, 0)
  })

  it('ships the files of packages that are asked for, with what belongs to them, and nothing else', async () => {
    const project = writeProject(folder.pathTo('shipped'), {
      ...LARGE,
      'node_modules/large/large.bin': '',
      'node_modules/large/other.bin': '',
      'node_modules/large/LICENSE.txt': '',
      'node_modules/large/LICENSE_FONT': '',
      'node_modules/large/license-checker.js': '',
      'node_modules/large/README.md': '',
    })
    assert.equal((await run(project)).code, 0)
    const shipped = path.join(project, 'build/actions/large/node_modules')
    assert.deepEqual(Object.keys(readFolder(shipped)), [
      'large/LICENSE.txt',
      'large/LICENSE_FONT',
      'large/large.bin',
      'large/package.json',
    ])
    assert.equal(statSync(path.join(shipped, 'large/large.bin')).mode & 0o777, 0o644)
  })

  it('builds the threads of an action, and those that they start', async () => {
    const project = writeProject(folder.pathTo('threads'), {
      'actions/threads/index.ts': `
        import { ask } from '../../src/ask.ts'
        export const main = async () => ({ said: await ask(new URL('../../src/first.ts', import.meta.url)) })
      `,
      'src/ask.ts': `
        import { once } from 'node:events'
        import { Worker } from 'node:worker_threads'
        export const ask = async (module: URL) => (await once(new Worker(module), 'message'))[0]
      `,
      'src/first.ts': `
        import { parentPort } from 'node:worker_threads'
        import { ask } from './ask.ts'
        parentPort?.postMessage('first, ' + (await ask(new URL('./deep/second.ts', import.meta.url))))
      `,
      'src/deep/second.ts': `
        import { parentPort } from 'node:worker_threads'
        import common from 'common'
        parentPort?.postMessage('second and ' + common + ' ' + import.meta.resolve('common/file').endsWith('/file'))
      `,
      'node_modules/common/index.js':
        "module.exports = require('node:path').basename('/x/common')\n",
      'node_modules/common/file': '',
      'node_modules/common/package.json': '{}',
    })
    assert.deepEqual(await outputOf(project, 'threads'), {
      said: 'first, second and common true',
    })
  })

  it('ships the files beside a module that it reads', async () => {
    const project = writeProject(folder.pathTo('assets'), {
      'actions/reading/index.ts': `
        import { once } from 'node:events'
        import { readFileSync } from 'node:fs'
        import { Worker } from 'node:worker_threads'
        export const main = async () => ({
          here: readFileSync(new URL('./logo.txt', import.meta.url), 'utf8'),
          there: (await once(new Worker(new URL('../../src/reader.mjs', import.meta.url)), 'message'))[0],
        })
      `,
      'actions/reading/logo.txt': 'logo',
      'src/reader.mjs': `
        import { parentPort } from 'node:worker_threads'
        parentPort.postMessage('thread')
      `,
    })
    assert.deepEqual(await outputOf(project, 'reading'), { here: 'logo', there: 'thread' })
  })

  it('lets modules, and the packages of threads, know where they are', async () => {
    const project = writeProject(folder.pathTo('places'), {
      'actions/places/index.ts': `
        import { once } from 'node:events'
        import path from 'node:path'
        import { Worker } from 'node:worker_threads'
        const __dirname = import.meta.dirname
        const __filename = import.meta.filename
        const __url = new URL(import.meta.url)
        export const main = async () => ({
          here: [path.basename(__filename), path.join(__dirname, 'index.js') === __filename, path.basename(__url.pathname)],
          there: (await once(new Worker(new URL('./thread.ts', import.meta.url)), 'message'))[0],
        })
      `,
      'actions/places/thread.ts': `
        import { parentPort } from 'node:worker_threads'
        import common from 'common'
        parentPort?.postMessage(common)
      `,
      'node_modules/common/index.js':
        "module.exports = require('node:path').relative(__dirname, __filename)\n",
      'node_modules/common/package.json': '{}',
    })
    assert.deepEqual(await outputOf(project, 'places'), {
      here: ['index.js', true, 'index.js'],
      there: 'actions-places-thread.mjs',
    })
  })

  it('ships the files of a package that is linked', async () => {
    const project = writeProject(folder.pathTo('linked'), {
      'actions/linked/index.ts':
        "import { readFileSync } from 'node:fs'\nexport const main = () => ({ read: readFileSync(new URL(import.meta.resolve('@own/linked/data.txt')), 'utf8') })\n",
      'packages/linked/package.json': '{"name": "@own/linked"}',
      'packages/linked/data.txt': 'data',
      'node_modules/@own/README': '',
    })
    symlinkSync('../../packages/linked', path.join(project, 'node_modules/@own/linked'))
    assert.deepEqual(await outputOf(project, 'linked'), { read: 'data' })
  })

  it('may be run twice at a time', async () => {
    const project = writeProject(folder.pathTo('twice'), { 'actions/one/index.ts': GOOD })
    const runs = await Promise.all([run(project), run(project), run(project)])
    assert.deepEqual(
      runs.map(({ code, stderr }) => ({ code, stderr })),
      runs.map(() => ({ code: 0, stderr: '' })),
    )
    assert.deepEqual(built(project), ['one'])
  })

  /** Builds an action and runs it as Adobe I/O Runtime does. */
  async function outputOf(project: string, name: string): Promise<unknown> {
    const { code, stderr } = await run(project)
    assert.equal(code, 0, stderr)
    const container = await startContainer({ folder: folder.pathTo(`container-of-${name}`) })
    try {
      const archive = zip(readFolder(path.join(project, 'build/actions', name)))
      assert.equal((await container.init(archive)).status, 200, container.log())
      const { status, body } = await container.run({})
      assert.equal(status, 200, container.log())
      return body
    } finally {
      await container.stop()
    }
  }
})

/** The names in the folder of built actions. */
function built(project: string): string[] {
  const actions = path.join(project, 'build/actions')
  return existsSync(actions) ? readdirSync(actions) : []
}

function run(
  project: string,
  ...args: readonly string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: project }
    const child = execFile(process.execPath, [COMMAND, ...args], options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr })
    })
  })
}
