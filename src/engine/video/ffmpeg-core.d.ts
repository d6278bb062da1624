/** The parts of `@ffmpeg/core` 0.12.10 that this project uses; the package brings no types. */
declare module '@ffmpeg/core' {
  /** A file of Emscripten's file system. */
  interface Node {
    readonly id: number
    readonly mode: number
    node_ops: {
      getattr: (node: Node) => object
      setattr: (node: Node, attributes: { readonly size?: number }) => void
    }
    stream_ops: {
      llseek: (stream: { readonly position: number }, offset: number, whence: number) => number
      read: Transfer
      write: Transfer
    }
  }

  /** Reads into memory, or writes from there; answers how many bytes it was. */
  type Transfer = (
    stream: unknown,
    memory: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ) => number

  interface Core {
    readonly FS: {
      readonly writeFile: (path: string, content: string) => void
      readonly lookupPath: (path: string) => { readonly node: Node }
      readonly ErrnoError: new (code: number) => Error
    }
    /** Takes so many bytes of its memory, and answers where they begin; 0 where it has no more. */
    readonly _malloc: (bytes: number) => number
    /** Runs FFmpeg, and answers its exit code. */
    readonly exec: (...args: readonly string[]) => number
    readonly setLogger: (
      log: (said: { readonly type: string; readonly message: string }) => void,
    ) => void
  }

  /** Starts it anew. It wants to be in the worker of a browser, and looks for `self` and `location` when it starts. */
  export default function createFFmpegCore(options: {
    /** Makes an instance of code that has been compiled before. */
    readonly instantiateWasm: (
      imports: WebAssembly.Imports,
      use: (instance: WebAssembly.Instance) => void,
    ) => object
  }): Promise<Core>
}
