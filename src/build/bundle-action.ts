import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import * as z from 'zod/mini'
import { compileAtOnce } from './eager-modules.ts'
import { type References, rewriteReferences, threadBundle } from './references.ts'
import { isFile, loadAsSaid } from './required-modules.ts'
import { bundleSharp, NATIVE_OF_SHARP } from './sharp-modules.ts'
import { findSharp } from './sharp-packages.ts'

/** What the bundles of an action need beside them, and what they were made of. */
export interface Bundled {
  /** The packages of sharp, whose native code cannot be in a bundle, see {@link findSharp}; none unless it is imported. */
  readonly sharp: ReadonlyMap<string, string>
  /** The files of packages that they ask the place of, by the module that asks. */
  readonly files: readonly { readonly file: string; readonly module: string }[]
  /** The files of the project that they read, as absolute paths. */
  readonly assets: readonly string[]
  /** Every module that was read, as an absolute path. */
  readonly modules: readonly string[]
}

const failureSchema = z.object({
  errors: z.tuple(
    [
      z.object({
        text: z.string(),
        location: z.nullable(z.object({ file: z.string(), line: z.number() })),
      }),
    ],
    z.unknown(),
  ),
})

const COMMON_JS = {
  format: 'cjs',
  // Under a name that no module has: those of CommonJS may be declared anew in one that has been ESM.
  banner: {
    js: "const __meta={url:require('node:url').pathToFileURL(__filename).href,dirname:__dirname,filename:__filename};",
  },
  define: {
    'import.meta.url': '__meta.url',
    'import.meta.dirname': '__meta.dirname',
    'import.meta.filename': '__meta.filename',
  },
} as const satisfies BuildOptions

/** What a bundle has in place of what it would lack in its format. */
const FORMATS = {
  index: COMMON_JS,
  late: COMMON_JS,
  threads: {
    format: 'esm',
    // What several threads have in common is there once.
    splitting: true,
    outExtension: { '.js': '.mjs' },
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;",
    },
  },
} as const satisfies Record<string, BuildOptions>

/**
 * Bundles an action into `index.js`, CommonJS as OpenWhisk requires it, and each thread that is reached from there into a
 * module beside it, as well as each package that is loaded late.
 *
 * @param options.project - the folder of the project, without symbolic links in its path
 * @param options.module - the module of the action
 * @param options.folder - where the bundles go
 * @throws {Error} one sentence, of the first of esbuild's errors
 */
export async function bundle(options: {
  project: string
  module: string
  folder: string
}): Promise<Bundled> {
  const { project, module, folder } = options
  const references = new Map<string, References>()
  /** The modules that are loaded late, by the names of their bundles. */
  const late = new Map<string, string>()

  let sharp: ReturnType<typeof findSharp> | undefined
  const sharpPackages = () => (sharp ??= findSharp({ project }))

  function lateBundle(each: string): string {
    const name = `late-${threadBundle(project, each)}`
    late.set(name, each)
    return name
  }

  async function run(
    format: keyof typeof FORMATS,
    entryPoints: { in: string; out: string }[],
  ): Promise<Metafile> {
    const isIndex = format === 'index'
    const ofSharp = bundleSharp(async () => (await sharpPackages()).get('node_modules/sharp') ?? '')
    const { metafile, outputFiles } = await build({
      ...FORMATS[format],
      absWorkingDir: project,
      entryPoints,
      outdir: folder,
      bundle: true,
      platform: 'node',
      target: 'node24',
      write: false,
      minifySyntax: true,
      minifyIdentifiers: true,
      // Errors and metrics tell the names of classes and functions.
      keepNames: true,
      legalComments: 'linked',
      // What is in an ECMAScript module asks for files beside it, and is left where it is.
      external: [isIndex ? NATIVE_OF_SHARP : 'sharp'],
      // Whoever has such a file is refused later, in a sentence that says more than that there is no loader.
      loader: { '.node': 'empty' },
      plugins: [
        loadAsSaid(lateBundle),
        followReferences(project, references),
        ...(isIndex ? [ofSharp] : []),
      ],
      metafile: true,
      logLevel: 'silent',
    }).catch((error: unknown) => {
      throw explain(error)
    })
    await mkdir(folder, { recursive: true })
    await Promise.all(
      outputFiles.map(async ({ path: file, contents, text }) =>
        writeFile(file, isCode(file) ? await compileAtOnce(text) : contents),
      ),
    )
    return metafile
  }

  const metafiles = [await run('index', [{ in: module, out: 'index' }])]
  const made = new Set<string>()

  /** Makes those bundles that are not there yet, by their names. */
  async function add(format: 'late' | 'threads', wanted: Iterable<[string, string]>) {
    const missing = [...new Map(wanted)].filter(([name]) => !made.has(name))
    if (missing.length === 0) return
    for (const [name] of missing) made.add(name)
    const entryPoints = missing.map(([name, each]) => ({
      in: `./${path.relative(project, each)}`,
      out: name,
    }))
    metafiles.push(await run(format, entryPoints))
  }

  // A thread may start threads, and what is loaded late may load others late: the list grows while there are new ones.
  for (const metafile of metafiles) {
    const threads = referring(metafile).flatMap(([, each]) => each.threads)
    await add(
      'threads',
      threads.map((each) => [threadBundle(project, each), each]),
    )
    await add('late', late)
  }

  /** The modules with references whose code has got into a bundle. */
  function referring({ outputs }: Metafile): [module: string, References][] {
    return Object.values(outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([name]) => {
        const each = path.resolve(project, name)
        const found = references.get(each)
        return found === undefined ? [] : [[each, found] satisfies [string, References]]
      })
  }

  const imports = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => output.imports),
  )
  if (imports.some(({ path: imported }) => imported === 'sharp')) await sharpPackages()
  return {
    sharp: (await sharp) ?? new Map(),
    files: metafiles
      .flatMap(referring)
      .flatMap(([each, { files }]) => files.map((file) => ({ file, module: each }))),
    assets: metafiles.flatMap(referring).flatMap(([, { assets }]) => assets),
    modules: metafiles.flatMap(({ inputs }) =>
      Object.keys(inputs)
        .filter(isFile)
        .map((name) => path.resolve(project, name)),
    ),
  }
}

function isCode(file: string): boolean {
  return /\.m?js$/.test(file)
}

/** A module of a package, unless it is one that workers outside of this repository are written with. */
const OF_PACKAGE = /[/\\]node_modules[/\\](?!darkroom-worker[/\\](?!node_modules[/\\]))/

/** Rewrites the references of the project's own modules, and those of `darkroom-worker`, and notes them by module. */
function followReferences(project: string, references: Map<string, References>): Plugin {
  return {
    name: 'references',
    setup(building) {
      building.onLoad({ filter: /\.[jt]s$/ }, async ({ path: module }) => {
        if (OF_PACKAGE.test(module)) return undefined
        const source = await readFile(module, 'utf8')
        try {
          const { text, ...found } = rewriteReferences(project, module, source)
          references.set(module, found)
          return { contents: text, loader: module.endsWith('.ts') ? 'ts' : 'js' }
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error)
          return { errors: [{ text: `${path.relative(project, module)}: ${why}` }] }
        }
      })
    },
  }
}

/** Makes one sentence of what esbuild throws: its first error and where it is. */
function explain(error: unknown): unknown {
  const { success, data } = z.safeParse(failureSchema, error)
  if (!success) return error
  const [{ text, location }] = data.errors
  const place = location === null ? '' : `${location.file}:${location.line}: `
  return new Error(`${place}${text}.`, { cause: error })
}
