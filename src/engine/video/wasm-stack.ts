/** The stack of FFmpeg where it is a program has some megabytes, and its encoders of Opus and VP9 count on that. */
const STACK_BYTES = 8 * 1024 ** 2

/** Stacks begin at multiples of this, and grow downwards. */
const ALIGNMENT_BYTES = 16

/** What `@ffmpeg/core` 0.12.10 calls the functions that tell where its stack is, and put it elsewhere. */
const [TELL, PUT] = ['Da', 'Ea'] as const

/**
 * Gives WebAssembly a stack of megabytes in place of the 64 KB that Emscripten gives it, below which nothing is watched: what does not fit
 * is written over constants, so that a run ends with a trap, or goes on with other constants.
 *
 * @param allocate - takes so many bytes of its memory, and answers where they begin
 * @throws {RangeError} when it is not as that of FFmpeg is
 */
export function enlargeStack(
  exported: WebAssembly.Instance['exports'],
  allocate: (bytes: number) => number,
): void {
  const { [TELL]: tell, [PUT]: put } = exported
  if (typeof tell !== 'function' || typeof put !== 'function') {
    throw new RangeError('the WebAssembly does not tell where its stack is')
  }
  const start = allocate(STACK_BYTES)
  if (start === 0) throw new RangeError('there is no memory for the stack')
  const end = Math.floor((start + STACK_BYTES) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES
  put(end)
  if (tell() !== end) throw new RangeError('the stack cannot be put elsewhere')
}
