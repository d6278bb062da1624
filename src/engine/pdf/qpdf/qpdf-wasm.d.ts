/**
 * `@neslinesli93/qpdf-wasm` 0.3.0 as it is used here: qpdf, and of Emscripten what its own types do not tell.
 */
declare module '@neslinesli93/qpdf-wasm/dist/qpdf.js' {
  /** A file that is open. */
  export interface FileStream {
    /** In bytes. */
    position: number
    readonly flags: number
    /** False for streams that come as they come. */
    readonly seekable?: boolean
  }

  /** One that has not run yet. */
  export interface Qpdf {
    /** Runs it; an instance does so once. Returns its exit code. */
    callMain(words: string[]): number
    /** Its memory as it is now. */
    readonly HEAPU8: Uint8Array
    readonly HEAPU32: Uint32Array
    readonly FS: {
      /** What reads, and what takes the bytes that are printed; null is the end of a line. */
      init(
        input: null,
        output: (byte: number | null) => void,
        error: (byte: number | null) => void,
      ): void
      writeFile(path: string, content: string): void
      mkdir(path: string): void
      /** By their descriptors. */
      readonly streams: readonly (FileStream | undefined)[]
      /** Reads from a place of a file, wherever it is now; tells how many bytes. */
      read(
        stream: FileStream,
        into: Uint8Array,
        offset: number,
        length: number,
        position: number,
      ): number
      /** Writes to where a file is now; tells how many bytes. */
      write(stream: FileStream, from: Uint8Array, offset: number, length: number): number
      mount(type: unknown, options: { readonly root: string }, path: string): void
    }
    /** Folders of the machine. */
    readonly NODEFS: unknown
  }

  const start: (settings: {
    /** Where the WebAssembly is. */
    readonly locateFile: () => string
    /** Called before anything else. */
    readonly preRun: ((qpdf: Qpdf) => void)[]
  }) => Promise<Qpdf>
  export default start
}
