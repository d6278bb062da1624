import type { Reason } from '../../src/base/errors.ts'

/** A file that is drawn when it is needed, once. */
export interface Drawing {
  readonly extension: string
  readonly draw: () => Promise<Buffer>
}

/** A case before it is written: its source, its instructions, and what comes of them. */
export type Draft = {
  readonly source: Drawing
  readonly params?: Readonly<Record<string, unknown>>
  /** Other files of the case, by the names that the params use. */
  readonly files?: Readonly<Record<string, () => Promise<Buffer>>>
} & (
  | {
      /** The extension of the rendition, and its format unless the params say another. */
      readonly makes: string
    }
  | { readonly fails: Reason }
)

/** Cases by their names. */
export type Drafts = Readonly<Record<string, Draft>>

/** A file that is drawn when it is needed, once. */
export function drawing(extension: string, draw: () => Promise<Buffer>): Drawing {
  return { extension, draw: once(draw) }
}

/** Draws at the first call and remembers. */
export function once<T>(draw: () => Promise<T>): () => Promise<T> {
  let drawn: Promise<T> | undefined
  return () => {
    drawn ??= draw()
    return drawn
  }
}
