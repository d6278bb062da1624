import { dirname, extname, relative, resolve, sep } from 'node:path'

/** What a module refers to beside what it imports. */
export interface References {
  /** The modules that it starts threads with, as absolute paths. */
  readonly threads: readonly string[]
  /** The files beside it that it reads, as absolute paths. */
  readonly assets: readonly string[]
  /** The files of packages that it asks the place of, such as `@embedpdf/pdfium/pdfium.wasm`. */
  readonly files: readonly string[]
}

// A formatter may begin a line before any dot.
const BESIDE = /new\s+URL\(\s*(['"])(\.{1,2}\/[^'"]*[^'"/])\1\s*,\s*import\.meta\s*\.url\s*,?\s*\)/g
const PLACE = /\bimport\.meta\s*\.resolve\(\s*(['"])([^'"]+)\1\s*,?\s*\)/g
const REQUIRED_PLACE =
  /\bcreateRequire\(\s*import\.meta\s*\.url\s*,?\s*\)\s*\.resolve\(\s*(['"])([^'"]+)\1\s*,?\s*\)/g
const MODULE = /\.[cm]?[jt]s$/

/**
 * Rewrites what a bundler does not follow, so that it holds in a bundle: `new URL('./thread.ts', import.meta.url)` names the
 * bundle of that thread, and `new URL('./logo.png', import.meta.url)` a copy of that file, both of which lie beside every
 * other; `import.meta.resolve('package/file')` and its like ask Node.js with `require`, which there is in every bundle.
 *
 * @param module - the path of the module, absolute like `project`
 * @param source - its text
 * @throws {Error} one sentence when the place of a file is asked for in a way that cannot be followed
 */
export function rewriteReferences(
  project: string,
  module: string,
  source: string,
): References & { readonly text: string } {
  const threads: string[] = []
  const assets: string[] = []
  const files: string[] = []

  function note(file: string): string {
    if (file.startsWith('.')) {
      throw new Error(
        `the place of ${file} cannot be asked for so; new URL('${file}', import.meta.url) says it as well`,
      )
    }
    files.push(file)
    return `require.resolve('${file}')`
  }

  const text = source
    .replace(BESIDE, (match, _quote, url: string) => {
      const file = resolve(dirname(module), url)
      if (MODULE.test(file)) {
        threads.push(file)
        return `new URL('./${threadBundle(project, file)}.mjs', import.meta.url)`
      }
      // A folder, such as that of the project: what is in there, nobody can tell.
      if (extname(file) === '') return match
      assets.push(file)
      return `new URL('./${assetPath(project, file)}', import.meta.url)`
    })
    .replace(
      PLACE,
      (_match, _quote, file: string) => `require('node:url').pathToFileURL(${note(file)}).href`,
    )
    .replace(REQUIRED_PLACE, (_match, _quote, file: string) => note(file))
  return { text, threads, assets, files }
}

/** The name of the bundle of a thread, such as `src-pdf-thread`; without `.mjs`. */
export function threadBundle(project: string, thread: string): string {
  return flatten(project, thread).replace(MODULE, '')
}

/** Where a file of the project lies from the bundles, such as `assets/actions-sepia-logo.png`. */
export function assetPath(project: string, file: string): string {
  return `assets/${flatten(project, file)}`
}

function flatten(project: string, file: string): string {
  return relative(project, file).replaceAll(sep, '-')
}
