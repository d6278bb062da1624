import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { folderOfPackage, type PinnedPackage } from '../../programs/pinned-package.ts'
import {
  type Language,
  ORIENTATION,
  packageOfLanguage,
  TESSERACT,
} from '../../programs/tesseract.ts'

/** `tesseract.js-core` 7.0.0 as it is used here: Tesseract 5, compiled with Emscripten. */
export interface Core {
  readonly TessBaseAPI: new () => Reader
  readonly OSResults: new () => OrientationFound
  readonly TessPDFRenderer: new (path: string, fontFolder: string, isTextOnly: boolean) => Writer
  /** Gives back the memory of one of these. */
  destroy(made: Reader | OrientationFound | Writer): void
  readonly FS: {
    writeFile(path: string, content: Uint8Array): void
    readFile(path: string): Uint8Array<ArrayBuffer>
    unlink(path: string): void
  }
}

/** Reads a picture (`TessBaseAPI` of baseapi.h). */
export interface Reader {
  /** Returns 0 when all is there. */
  Init(folder: null, languages: string, engine: number): number
  SetVariable(name: string, value: string): boolean
  /** Takes the file `/input`; returns 0 when it is a picture. */
  SetImageFile(exifOrientation: number, angle: number): number
  SetSourceResolution(dpi: number): void
  Recognize(monitor: null): number
  GetUTF8Text(): string
  /** Of all words, from 0 to 100; 0 when there are none. */
  MeanTextConf(): number
  DetectOS(found: OrientationFound): boolean
  End(): void
}

/** Which way up a picture is (`OSResults` of osdetect.h). */
export interface OrientationFound {
  readonly best_result: {
    /** By how many quarters it is turned, clockwise. */
    readonly orientation_id: number
    readonly oconfidence: number
  }
}

/** Writes what a reader has read (`TessResultRenderer` of renderer.h). */
export interface Writer {
  BeginDocument(title: string): boolean
  AddImage(reader: Reader): boolean
  EndDocument(): boolean
}

/** Where Tesseract takes a picture from. */
export const INPUT = '/input'

/** The engines of Tesseract (`OcrEngineMode` of publictypes.h): the old one, which alone knows which way up a page is, and neural networks. */
export const ENGINES = { old: 0, networks: 1 } as const

/** The build for processors with the instructions that Node.js 24 has on all that it runs on. */
const BUILD = 'tesseract-core-relaxedsimd'

/** Networks whose weights are whole numbers: the best there are, and much faster than those that are not. */
const WEIGHTS = '4.0.0_best_int'

/** Starts Tesseract, without data of any language. */
export async function startCore(folder: string): Promise<Core> {
  const own = join(folder, folderOfPackage(TESSERACT))
  const start: unknown = createRequire(join(own, 'package.json'))(`./${BUILD}.js`)
  if (typeof start !== 'function') throw new TypeError('Tesseract has no function that starts it')
  const core: unknown = await start({
    wasmBinary: readFileSync(join(own, `${BUILD}.wasm`)),
    // What it says to the console is for whoever develops it.
    print: () => undefined,
    printErr: () => undefined,
    TesseractProgress: () => undefined,
  })
  if (!isCore(core)) throw new TypeError('Tesseract is not what it was made for')
  return core
}

function isCore(value: unknown): value is Core {
  return typeof value === 'object' && value !== null && 'TessBaseAPI' in value
}

/** Makes a reader of some languages. */
export function openReader(core: Core, folder: string, languages: readonly Language[]): Reader {
  for (const language of languages) {
    load(core, folder, language, packageOfLanguage(language))
  }
  return init(core, languages.join('+'), ENGINES.networks)
}

/** Makes a reader that tells which way up a page is. */
export function openOrientation(core: Core, folder: string): Reader {
  load(core, folder, 'osd', ORIENTATION)
  return init(core, 'osd', ENGINES.old)
}

function load(core: Core, folder: string, name: string, from: PinnedPackage): void {
  const packed = readFileSync(
    join(folder, folderOfPackage(from), WEIGHTS, `${name}.traineddata.gz`),
  )
  core.FS.writeFile(`./${name}.traineddata`, gunzipSync(packed))
}

function init(core: Core, languages: string, engine: number): Reader {
  const reader = new core.TessBaseAPI()
  if (reader.Init(null, languages, engine) !== 0) {
    throw new Error(`Tesseract cannot read its data of ${languages}.`)
  }
  return reader
}
