import { readSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium'
import { limitMemory } from '../wasm-memory.ts'
import { type ProvidedFonts, provideFonts } from './fonts/provide-fonts.ts'
import { MOST_MEMORY } from './most-memory.ts'
import type { FileView } from './structure/mended-view.ts'

/** PDFium with memory of its own, and the file that it reads. */
export interface Library {
  readonly pdfium: WrappedPdfiumModule
  /**
   * A function of it for what is asked thousands of times a page: with numbers alone, and without the wrapper around it, which takes
   * several times as long as what it wraps.
   *
   * @throws {Error} when there is none of this name
   */
  readonly bare: (name: `FPDFText_${string}`) => BareFunction
  /** Its memory as it is now; it moves when it grows, so nobody keeps it. */
  readonly memory: () => Buffer
  readonly fonts: ProvidedFonts
  /** Where PDFium has the description of the file to read (`FPDF_FILEACCESS` of fpdfview.h). */
  readonly fileAccess: number
  /** Sets the file to read: its descriptor, its size in bytes, and how it is to be seen. */
  readonly useFile: (descriptor: number, size: number, view: FileView) => void
  /** Whether it has asked for memory beyond {@link MOST_MEMORY}: what it made then may lack something, or is damaged. */
  readonly isExhausted: () => boolean
}

/** What takes numbers and places, and returns a number; what is one bit is 0 or 1. */
export type BareFunction = (...given: readonly number[]) => number

/** What Emscripten imports to have its memory grow; it answers 0 when it does not. */
const GROW = 'emscripten_resize_heap'

const code = await readFile(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')))

const compiled = WebAssembly.compile(limitMemory(code, MOST_MEMORY))

/** Starts PDFium; it takes some 10 ms and 18 MB. */
export async function startLibrary(): Promise<Library> {
  const module = await compiled
  let instance: WebAssembly.Instance | undefined
  let exhausted = false

  /** @throws {Error} for another build of PDFium, which has to be looked at before it is relied on */
  function noticeExhaustion(imports: Record<string, unknown> | undefined): void {
    const grow = imports?.[GROW]
    if (imports === undefined || typeof grow !== 'function') {
      throw new Error(`PDFium does not import ${GROW}.`)
    }
    imports[GROW] = (bytes: number): unknown => {
      const grown: unknown = grow(bytes)
      exhausted ||= !grown
      return grown
    }
  }

  const pdfium = await init({
    instantiateWasm(imports: WebAssembly.Imports, use: (instance: WebAssembly.Instance) => void) {
      noticeExhaustion(imports['env'])
      instance = new WebAssembly.Instance(module, imports)
      use(instance)
      return instance.exports
    },
    // What it says to the console is for whoever develops it.
    print: () => undefined,
    printErr: () => undefined,
  })
  pdfium.PDFiumExt_Init()

  const exported = instance?.exports['memory']
  if (!(exported instanceof WebAssembly.Memory)) throw new Error('PDFium has no memory.')
  const memory = (): Buffer => Buffer.from(exported.buffer)

  const bare = (name: string): BareFunction => {
    const found = instance?.exports[name]
    if (!isBareFunction(found)) throw new Error(`PDFium has no ${name}.`)
    return found
  }

  let file = -1
  let shownBytes = 0
  let view: FileView = { skipped: 0, front: Buffer.alloc(0), behind: Buffer.alloc(0) }

  /** @returns how many bytes were read */
  function readInto(position: number, into: number, length: number): number {
    const { skipped, front, behind } = view
    const first = front.subarray(position, position + length).copy(memory(), into)
    const place = position + first - front.length
    const own = Math.max(0, Math.min(length - first, shownBytes - place))
    const read = own === 0 ? 0 : readSync(file, memory(), into + first, own, place + skipped)
    const done = first + read
    if (read < own || done === length) return done
    const from = place + own - shownBytes
    return done + behind.subarray(from, from + length - done).copy(memory(), into + done)
  }

  const readBlock = (_param: number, position: number, into: number, length: number): number => {
    try {
      return readInto(position >>> 0, into >>> 0, length >>> 0) === length >>> 0 ? 1 : 0
    } catch {
      // To PDFium the file is damaged then; it must not be left in the middle of its work.
      return 0
    }
  }
  const fonts = provideFonts(pdfium, memory)
  const fileAccess = pdfium.pdfium.wasmExports.malloc(12)
  const callback: number = pdfium.pdfium.addFunction(readBlock, 'iiiii')
  return {
    pdfium,
    bare,
    memory,
    fonts,
    fileAccess,
    useFile(descriptor, size, wanted) {
      file = descriptor
      shownBytes = size - wanted.skipped
      view = wanted
      const description = memory().subarray(fileAccess, fileAccess + 12)
      description.writeUInt32LE(wanted.front.length + shownBytes + wanted.behind.length, 0)
      description.writeUInt32LE(callback, 4)
      description.writeUInt32LE(0, 8)
    },
    isExhausted: () => exhausted,
  }
}

function isBareFunction(value: unknown): value is BareFunction {
  return typeof value === 'function'
}
