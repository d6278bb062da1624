import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import load from '7z-wasm/7zz.es6.js'
import { serveThread } from '../../tasks/serve-thread.ts'
import { PieceWriter } from './piece-writer.ts'
import type { SevenZipOutcome, SevenZipTask } from './seven-zip-task.ts'

/** A program says the same of thousands of files; the first tell what is wrong. */
const MOST_ERRORS = 100

/** Runs 7-Zip once: what a run has left in its memory is no start for another. */
async function work(task: SevenZipTask): Promise<SevenZipOutcome> {
  const wasm = fileURLToPath(import.meta.resolve('7z-wasm/7zz.wasm'))
  const lines: string[] = []
  const errors: string[] = []
  let ended: number | undefined
  const program = await load({
    wasmBinary: await readFile(wasm),
    print: (line) => lines.push(line),
    printErr(line) {
      if (errors.length < MOST_ERRORS) errors.push(line)
    },
    // Nobody is there to type a password.
    stdin: () => null,
    quit(code) {
      ended = code
    },
  })
  const { FS, NODEFS } = program
  for (const [at, root] of Object.entries(task.folders)) {
    FS.mkdir(at)
    FS.mount(NODEFS, { root }, at)
  }
  FS.chdir(task.at)
  if (task.names) FS.writeFile('/names', `${task.names.join('\n')}\n`)

  const writer = new PieceWriter(task.pieces ?? [])
  const { streams } = FS
  const output = streams[1]
  if (task.pieces && output) {
    output.stream_ops = {
      ...output.stream_ops,
      write(_stream, memory, offset, length) {
        const bytes = new Uint8Array(memory.buffer, memory.byteOffset + offset, length)
        if (!writer.write(bytes)) throw new Error('There is more than was announced.')
        return length
      },
    }
  }
  try {
    const exitCode = run(
      () => program.callMain(task.args),
      () => ended,
    )
    return { exitCode, lines, errors, pieces: writer.close() }
  } catch (error) {
    const pieces = writer.close()
    if (pieces === 'exceeded') return { exitCode: 2, lines, errors, pieces }
    throw error
  }
}

/** A C++ exception that nobody catches, and an early exit, come as what is thrown. */
function run(main: () => number, ended: () => number | undefined): number {
  try {
    return main()
  } catch (error) {
    const code = ended()
    if (code !== undefined) return code
    // A number is the address of an exception of C++, such as for a file that is not there.
    if (typeof error === 'number') return 2
    throw error
  }
}

serveThread({ work })
