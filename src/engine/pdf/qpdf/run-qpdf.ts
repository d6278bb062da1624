import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import loadQpdf, { type Qpdf } from '@neslinesli93/qpdf-wasm/dist/qpdf.js'
import { limitMemory } from '../../wasm-memory.ts'
import { MOST_MEMORY } from '../most-memory.ts'
import { type QuickFiles, quickenFiles } from './quick-files.ts'

/** An argument of qpdf: a word, or a file of the machine that qpdf is to read or to write, as an option such as `--overlay=` if need be. */
export type QpdfArgument = string | { readonly path: string; readonly option?: string }

/** What has become of a run; what is wrong with a file is no error to this thread. */
export type QpdfEnd =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'refused'; readonly said: string }
  | { readonly outcome: 'out of memory' }

/** Its exit codes for what went well, and for what went well with warnings (qpdf's manual, "Exit status"). */
const DONE: readonly number[] = [0, 3]

/** What C++ says when it gets no memory. */
const NO_MEMORY = 'std::bad_alloc'

/** No more of what it says is read, in bytes. */
const MOST_SAID_BYTES = 4000

/** Where the words are that it is started with. */
const LIST = '/words'

const wasm = fileURLToPath(import.meta.resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm'))

/** Compiled once: each run has a memory of its own, but what has become quick stays so. */
const compiled = WebAssembly.compile(limitMemory(await readFile(wasm), MOST_MEMORY))

/** The name under which it imports what Emscripten has for it. */
const IMPORTS = 'a'

/**
 * Runs qpdf in memory of its own, which sees the folders of the files that it is given and nothing else. One instance does
 * for one run: it keeps what the last one left in its memory.
 */
export async function runQpdf(given: readonly QpdfArgument[]): Promise<QpdfEnd> {
  const said: number[] = []
  const hear = (byte: number | null): void => {
    if (byte !== null && said.length < MOST_SAID_BYTES) said.push(byte)
  }
  const { qpdf, files } = await startQpdf(hear)
  const places = new Map<string, string>()
  const words = given.map((argument) => {
    if (typeof argument === 'string') return argument
    const folder = dirname(argument.path)
    const known = places.get(folder)
    const place = known ?? `/${places.size}`
    if (known === undefined) {
      places.set(folder, place)
      qpdf.FS.mkdir(place)
      qpdf.FS.mount(qpdf.NODEFS, { root: folder }, place)
    }
    return `${argument.option ?? ''}${place}/${basename(argument.path)}`
  })
  // Words on the stack are few, and there may be a thousand files; a line is one, whatever it has in it.
  const isListed = words.every((word) => !/[\r\n]/.test(word))
  if (isListed) qpdf.FS.writeFile(LIST, words.map((word) => `${word}\n`).join(''))
  try {
    const code = qpdf.callMain(isListed ? [`@${LIST}`] : words)
    const failure = files?.failure()
    if (failure !== undefined) {
      throw new Error('The document could not be written.', { cause: failure })
    }
    if (DONE.includes(code)) return { outcome: 'done' }
    const complaint = Buffer.from(said).toString()
    return complaint.includes(NO_MEMORY)
      ? { outcome: 'out of memory' }
      : { outcome: 'refused', said: complaint }
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
      return { outcome: 'out of memory' }
    }
    throw error
  }
}

/**
 * Starts an instance of what is {@link compiled}. Its loader knows no way to be given that, or other imports, so it asks
 * us while it believes to ask for a compilation.
 *
 * @param hear - takes the bytes of what it says of errors
 */
async function startQpdf(
  hear: (byte: number | null) => void,
): Promise<{ qpdf: Qpdf; files: QuickFiles | undefined }> {
  const module = await compiled
  let running: Qpdf | undefined
  let files: QuickFiles | undefined
  const asRunning = (): Qpdf => {
    if (running === undefined) throw new Error('qpdf does not run yet.')
    return running
  }
  const instantiate: unknown = Reflect.get(WebAssembly, 'instantiate')
  const instantiateOnce = async (_bytes: unknown, imports: WebAssembly.Imports) => {
    Object.assign(WebAssembly, { instantiate })
    files = quickenFiles(imports[IMPORTS] ?? {}, asRunning)
    return { module, instance: new WebAssembly.Instance(module, imports) }
  }
  Object.assign(WebAssembly, { instantiate: instantiateOnce })
  try {
    running = await loadQpdf({
      locateFile: () => wasm,
      preRun: [({ FS }) => FS.init(null, () => undefined, hear)],
    })
  } finally {
    Object.assign(WebAssembly, { instantiate })
  }
  return { qpdf: running, files }
}
