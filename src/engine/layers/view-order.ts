import type { Composition, Extent } from './composition.ts'
import type { Encoding } from './encoding.ts'

/** A file that a composition shows. */
export interface LayerFile {
  readonly path: string
  /** What somebody calls it, of which the extension counts; it is asked only where the content leaves a doubt. */
  readonly name: string
  /** Which of its pages is shown; the first unless given. */
  readonly page?: number | undefined
}

/** A view to make. */
export interface ViewOrder {
  readonly composition: Composition
  /** How it is written; undefined to learn its sizes alone. */
  readonly encoding: Encoding | undefined
  /** The files of the objects that the composition names. */
  readonly files: Readonly<Record<string, LayerFile>>
  /** The most pixels of the view; of one that has more only the sizes are told. No limit unless given. */
  readonly mostPixels?: number | undefined
}

/** What comes of it. */
export interface MadeView {
  /** Undefined when only sizes were asked for, or it has too many pixels. */
  readonly bytes: Uint8Array | undefined
  /** Of all layers together, and of what is shown. */
  readonly composite: Extent
  readonly view: Extent
}
