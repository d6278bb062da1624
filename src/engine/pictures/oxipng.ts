import { createThread } from '../../tasks/thread.ts'

/** A PNG to be packed anew. */
export interface OxipngTask {
  readonly png: Uint8Array
  readonly interlaced: boolean
}

/** What takes longer stays as it is, in milliseconds. */
const LONGEST_MS = 15_000

/** As many pixels are packed within that time on two busy cores. */
const MOST_PIXELS = 6_000_000

/** As much memory as an idle thread may keep, in bytes. */
const MOST_HELD_BYTES = 128_000_000

const { run } = createThread<(task: OxipngTask) => Uint8Array>({
  module: new URL('./oxipng-thread.ts', import.meta.url),
  longestMs: LONGEST_MS,
  mostHeldBytes: MOST_HELD_BYTES,
})

/** Packs a PNG anew with oxipng, which finds what libvips does not; the smaller of both. */
export async function packPng(
  png: Buffer,
  { pixels, interlaced }: { readonly pixels: number; readonly interlaced: boolean },
): Promise<Uint8Array> {
  if (pixels > MOST_PIXELS) return png
  // What it cannot do is no reason to have nothing.
  const packed = await run({ png, interlaced }).catch(() => undefined)
  return packed !== undefined && packed.length < png.length ? packed : png
}
