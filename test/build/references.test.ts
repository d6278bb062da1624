import assert from 'node:assert/strict'
import { rewriteReferences, threadBundle } from '../../src/build/references.ts'

const rewrite = (source: string) => rewriteReferences('/project', '/project/src/pdf/pdf.ts', source)

describe('references of modules', () => {
  it('to a thread become those to its bundle, which lies beside every other', () => {
    const { text, threads } = rewrite("const THREAD = new URL('./thread.ts', import.meta.url)")
    assert.equal(text, "const THREAD = new URL('./src-pdf-thread.mjs', import.meta.url)")
    assert.deepEqual(threads, ['/project/src/pdf/thread.ts'])
  })

  it('to a thread in another folder name its bundle by that', () => {
    const { text, threads } = rewrite('new URL("../tasks/other.ts",\n  import.meta.url,\n)')
    assert.equal(text, "new URL('./src-tasks-other.mjs', import.meta.url)")
    assert.deepEqual(threads, ['/project/src/tasks/other.ts'])
    assert.equal(threadBundle('/project', '/project/src/tasks/other.ts'), 'src-tasks-other')
  })

  it('to a file beside a module become those to a copy of it', () => {
    const { text, assets } = rewrite("new URL('../logo.png', import.meta.url)")
    assert.equal(text, "new URL('./assets/src-logo.png', import.meta.url)")
    assert.deepEqual(assets, ['/project/src/logo.png'])
  })

  it('to files of packages are resolved as CommonJS does it', () => {
    const { text, files } = rewrite(
      "f(import.meta\n.resolve(\n'a/b.wasm',\n), createRequire(import.meta.url).resolve('c/d'))",
    )
    assert.equal(
      text,
      "f(require('node:url').pathToFileURL(require.resolve('a/b.wasm')).href, require.resolve('c/d'))",
    )
    assert.deepEqual(files, ['a/b.wasm', 'c/d'])
  })

  it('are found however the lines are broken', () => {
    const { text, assets, files } = rewrite(
      [
        "import.meta\n  .resolve('a/b.ttf')",
        "createRequire(\n  import.meta.url,\n)\n  .resolve('c/d')",
        "new URL('./e.png', import.meta\n  .url)",
      ].join('\n'),
    )
    assert.equal(
      text,
      [
        "require('node:url').pathToFileURL(require.resolve('a/b.ttf')).href",
        "require.resolve('c/d')",
        "new URL('./assets/src-pdf-e.png', import.meta.url)",
      ].join('\n'),
    )
    assert.deepEqual([assets, files], [['/project/src/pdf/e.png'], ['a/b.ttf', 'c/d']])
  })

  for (const source of [
    "import { thread } from './thread.ts'",
    "new URL('..', import.meta.url)",
    "new URL('../fonts', import.meta.url)",
    "new URL('./thread.ts', base)",
    'import.meta.resolve(name)',
  ]) {
    it(`leaves ${source} alone`, () => {
      assert.deepEqual(rewrite(source), { text: source, threads: [], assets: [], files: [] })
    })
  }
})
