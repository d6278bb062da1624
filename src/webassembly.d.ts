/**
 * The part of the JavaScript API of WebAssembly that this project uses. TypeScript has its types among those of browsers
 * only, and @types/node has none.
 */
declare namespace WebAssembly {
  /** Compiled code; any number of instances can be made of it. */
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module'
  }

  type Imports = Record<string, Record<string, unknown>>

  class Instance {
    constructor(module: Module, imports?: Imports)
    readonly exports: Readonly<Record<string, unknown>>
  }

  class Memory {
    constructor(descriptor: {
      /** In pages of 64 KB. */
      readonly initial: number
      readonly maximum?: number
    })
    /** What it is now; another one after it has grown. */
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }

  class Global {
    constructor(descriptor: { readonly value: string; readonly mutable: boolean }, value: number)
    value: unknown
  }

  /** A trap: code that has done what it must not do, or found no more memory. */
  class RuntimeError extends Error {}

  function compile(bytes: Uint8Array): Promise<Module>
}
