/**
 * The parts of `7z-wasm` 1.2.0 that this project uses. Its types are those of its other entry, which cannot be bundled as a
 * module.
 */
declare module '7z-wasm/7zz.es6.js' {
  /** An open file of the emulated system. */
  export interface SevenZipStream {
    stream_ops: {
      write(
        stream: SevenZipStream,
        memory: Int8Array,
        offset: number,
        length: number,
        position: number,
      ): number
    }
  }

  /** 7-Zip, loaded for one run. */
  export interface SevenZipModule {
    readonly FS: {
      readonly streams: readonly (SevenZipStream | undefined)[]
      mkdir(path: string): void
      mount(type: object, options: { readonly root: string }, path: string): void
      chdir(path: string): void
      writeFile(path: string, data: string): void
    }
    readonly NODEFS: object
    /** @returns the exit code; throws what Emscripten throws when the program ends early */
    callMain(args: readonly string[]): number
  }

  export default function load(options: {
    readonly wasmBinary: Uint8Array
    readonly print: (line: string) => void
    readonly printErr: (line: string) => void
    readonly stdin: () => null
    readonly quit: (code: number) => void
  }): Promise<SevenZipModule>
}
