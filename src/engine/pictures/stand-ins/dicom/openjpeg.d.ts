/** The parts of `@cornerstonejs/codec-openjpeg` 1.3.6 that this project uses, which has no types. */
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  /** What a decoded picture is. */
  interface FrameInfo {
    readonly width: number
    readonly height: number
    /** 0 when nothing was decoded. */
    readonly bitsPerSample: number
    readonly componentCount: number
    readonly isSigned: boolean
  }

  /** Holds memory of WebAssembly until it is deleted. */
  interface Decoder {
    /** Where a codestream of so many bytes is to be put. */
    readonly getEncodedBuffer: (length: number) => Uint8Array
    /** Throws a number, or says nothing and decodes nothing, when it is damaged. */
    readonly decode: () => void
    readonly getFrameInfo: () => FrameInfo
    /** The samples of all components pixel by pixel, of one byte or two. */
    readonly getDecodedBuffer: () => Uint8Array
    readonly delete: () => void
  }

  /** Loads OpenJPEG. */
  export default function load(options: {
    readonly wasmBinary: Uint8Array
    readonly print: (line: string) => void
    readonly printErr: (line: string) => void
  }): Promise<{ readonly J2KDecoder: new () => Decoder }>
}
