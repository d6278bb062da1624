import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import startQpdf from '@neslinesli93/qpdf-wasm/dist/qpdf.js'

/** An argument of qpdf: a word, or a file of the machine that qpdf is to read or to write, as an option such as `--overlay=` if need be. */
export type QpdfArgument = string | { readonly path: string; readonly option?: string }

/** What has become of a run; what is wrong with a file is no error to this thread. */
export type QpdfEnd =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'refused'; readonly said: string }
  | { readonly outcome: 'out of memory' }

/** Its exit codes for what went well, and for what went well with warnings (qpdf's manual, "Exit status"). */
const DONE: readonly number[] = [0, 3]

/** No more of what it says is read, in bytes. */
const MOST_SAID_BYTES = 4000

/** Where the words are that it is started with. */
const LIST = '/words'

const wasm = fileURLToPath(import.meta.resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm'))

/**
 * Runs qpdf in memory of its own, which sees the folders of the files that it is given and nothing else. One instance does
 * for one run: it keeps what the last one left in its memory.
 */
export async function runQpdf(given: readonly QpdfArgument[]): Promise<QpdfEnd> {
  const said: number[] = []
  const hear = (byte: number | null): void => {
    if (byte !== null && said.length < MOST_SAID_BYTES) said.push(byte)
  }
  const qpdf = await startQpdf({
    locateFile: () => wasm,
    preRun: [({ FS }) => FS.init(null, () => undefined, hear)],
  })
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
    return DONE.includes(code)
      ? { outcome: 'done' }
      : { outcome: 'refused', said: Buffer.from(said).toString() }
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
      return { outcome: 'out of memory' }
    }
    throw error
  }
}
