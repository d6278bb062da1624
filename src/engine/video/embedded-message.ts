/** What the thread of the embedded FFmpeg is to do. */
export interface EmbeddedTask {
  /** Files of the machine. */
  readonly source: string
  readonly made: string
  readonly args: readonly string[]
  /** FFmpeg, compiled once for all threads. */
  readonly code: WebAssembly.Module
}

/** What it says meanwhile, and with what it has ended. */
export type EmbeddedMessage =
  | { readonly from: 'stdout' | 'stderr'; readonly line: string }
  | { readonly code: number }
