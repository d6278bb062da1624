import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { initSync, optimise } from '@jsquash/oxipng/codec/pkg/squoosh_oxipng.js'
import { serveThread } from '../../tasks/serve-thread.ts'
import type { OxipngTask } from './oxipng.ts'

const wasm = import.meta.resolve('@jsquash/oxipng/codec/pkg/squoosh_oxipng_bg.wasm')
initSync(await readFile(fileURLToPath(wasm)))

/** How hard it is tried, from 0 to 6: what is more takes several times as long for a hundredth. */
const LEVEL = 2

/** Packs a PNG anew; not a pixel changes. */
function work({ png, interlaced }: OxipngTask): Uint8Array {
  return optimise(png, LEVEL, interlaced, false)
}

serveThread({ work })
