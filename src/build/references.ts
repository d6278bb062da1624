import { dirname, relative, resolve, sep } from 'node:path'

/** What a module refers to beside what it imports. */
export interface References {
  /** The modules that it starts threads with, as absolute paths. */
  readonly threads: readonly string[]
  /** The files of packages that it asks the place of, such as `@embedpdf/pdfium/pdfium.wasm`. */
  readonly files: readonly string[]
}

const THREAD = /new\s+URL\(\s*(['"])(\.{1,2}\/[^'"]+\.ts)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g
const PLACE = /\bimport\.meta\.resolve\(\s*(['"])([^'"]+)\1\s*\)/g
const REQUIRED_PLACE =
  /\bcreateRequire\(\s*import\.meta\.url\s*\)\.resolve\(\s*(['"])([^'"]+)\1\s*\)/g

/**
 * Rewrites what a bundler does not follow, so that it holds in a bundle: `new URL('./thread.ts', import.meta.url)` names the
 * bundle of that thread, which lies beside every other, and `import.meta.resolve('package/file')` and its like ask Node.js
 * with `require`, which there is in every bundle.
 *
 * @param module - the path of the module, absolute like `project`
 * @param source - its text
 */
export function rewriteReferences(
  project: string,
  module: string,
  source: string,
): References & { readonly text: string } {
  const threads: string[] = []
  const files: string[] = []
  const text = source
    .replace(THREAD, (_match, _quote, url: string) => {
      const thread = resolve(dirname(module), url)
      threads.push(thread)
      return `new URL('./${threadBundle(project, thread)}.mjs', import.meta.url)`
    })
    .replace(PLACE, (_match, _quote, file: string) => {
      files.push(file)
      return `require('node:url').pathToFileURL(require.resolve('${file}')).href`
    })
    .replace(REQUIRED_PLACE, (_match, _quote, file: string) => {
      files.push(file)
      return `require.resolve('${file}')`
    })
  return { text, threads, files }
}

/** The name of the bundle of a thread, such as `src-pdf-thread`; without `.mjs`. */
export function threadBundle(project: string, thread: string): string {
  return relative(project, thread).replace(/\.ts$/, '').replaceAll(sep, '-')
}
