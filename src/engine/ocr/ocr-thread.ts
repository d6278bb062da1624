import { serveThread } from '../../tasks/serve-thread.ts'
import { recognisePage } from './recognise-page.ts'

/** As much memory as Tesseract may take, in bytes; a page takes a quarter of it. */
const MOST_BYTES = 1_000_000_000

/** How much memory WebAssembly counts by. */
const PAGE_BYTES = 65_536

const grow: unknown = Reflect.get(WebAssembly.Memory.prototype, 'grow')

/** Nothing else limits the memory of WebAssembly; what is refused it, Tesseract has not. */
WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
  if (typeof grow !== 'function' || this.buffer.byteLength + pages * PAGE_BYTES > MOST_BYTES) {
    throw new RangeError('That is more memory than Tesseract may take.')
  }
  return Number(Reflect.apply(grow, this, [pages]))
}

serveThread({ work: recognisePage })
