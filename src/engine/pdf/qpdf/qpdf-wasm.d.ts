/**
 * `@neslinesli93/qpdf-wasm` 0.3.0 as it is used here: qpdf, and of Emscripten what its own types do not tell.
 */
declare module '@neslinesli93/qpdf-wasm/dist/qpdf.js' {
  /** One that has not run yet. */
  export interface Qpdf {
    /** Runs it; an instance does so once. Returns its exit code. */
    callMain(words: string[]): number
    readonly FS: {
      /** What reads, and what takes the bytes that are printed; null is the end of a line. */
      init(
        input: null,
        output: (byte: number | null) => void,
        error: (byte: number | null) => void,
      ): void
      writeFile(path: string, content: string): void
      mkdir(path: string): void
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
