import type { FileStream, Qpdf } from '@neslinesli93/qpdf-wasm/dist/qpdf.js'

/** Files are read and written in blocks of as many bytes. qpdf asks for a thousand of them at a time. */
const BLOCK_BYTES = 65_536

/**
 * What qpdf's WebAssembly, version 0.3.0 of the package, calls the system calls of WASI preview 1 that it imports.
 */
const CALLS = { read: '$', write: '_', seek: 'X', close: 'C' } as const

/** Of the flags of an open file, how it may be used; 0 is for reading only. */
const ACCESS = 3
/** The first descriptor that is none of the standard streams. */
const FIRST_FILE = 3
/** From where `fd_seek` counts. */
const FROM_START = 0
const FROM_HERE = 1
/** `EIO` of WASI. */
const INPUT_OUTPUT_ERROR = 29

type Call = (...args: (number | bigint)[]) => number

/** What of a file is in memory: as it was read, or still to be written. */
interface Block {
  /** A memory of its own, since what Emscripten has for folders of the machine takes it from its beginning. */
  readonly bytes: Uint8Array
  /** Where it is in the file. */
  start: number
  length: number
}

/** What has gone wrong. */
export interface QuickFiles {
  /** Why something could not be written; qpdf does not ask whether the last of it could. */
  readonly failure: () => unknown
}

/**
 * Has qpdf read and write files in blocks. It asks where in a file it is two thousand times a document, and reads a thousand
 * bytes from wherever it goes, which takes longer than all else that it does when each is a call of Emscripten's file system
 * and of the machine.
 *
 * @param imports - what the instance gets, in which some are replaced
 * @param running - the instance, once it is there
 */
export function quickenFiles(imports: Record<string, unknown>, running: () => Qpdf): QuickFiles {
  const slow = (name: string): Call => {
    const call = imports[name]
    if (typeof call !== 'function') throw new Error(`qpdf has no import ${name}.`)
    return (...args) => Number(call(...args))
  }
  const [read, write] = [slow(CALLS.read), slow(CALLS.write)]
  const [seek, close] = [slow(CALLS.seek), slow(CALLS.close)]
  const blocks = new WeakMap<FileStream, Block>()
  let failure: unknown

  /** The file that a descriptor stands for; undefined for streams that come as they come. */
  function fileOf(descriptor: number): FileStream | undefined {
    const stream = running().FS.streams[descriptor]
    return descriptor < FIRST_FILE || stream?.seekable === false ? undefined : stream
  }

  function blockOf(stream: FileStream): Block {
    const known = blocks.get(stream)
    if (known !== undefined) return known
    const block = { bytes: new Uint8Array(BLOCK_BYTES), start: 0, length: 0 }
    blocks.set(stream, block)
    return block
  }

  /** Reads from where the file is into the memory of the instance; fewer bytes when it ends. */
  function readInto(stream: FileStream, place: number, length: number): number {
    const { FS, HEAPU8: memory } = running()
    const block = blockOf(stream)
    let done = 0
    while (done < length) {
      const { position } = stream
      let at = position - block.start
      if (at < 0 || at >= block.length) {
        block.length = 0
        block.length = FS.read(stream, block.bytes, 0, BLOCK_BYTES, position)
        block.start = position
        at = 0
      }
      const count = Math.min(length - done, block.length - at)
      if (count === 0) break
      memory.set(block.bytes.subarray(at, at + count), place + done)
      stream.position = position + count
      done += count
    }
    return done
  }

  /** @returns whether all of a block is in the file */
  function flush(stream: FileStream, block: Block): boolean {
    try {
      for (let done = 0; done < block.length;) {
        done += running().FS.write(stream, block.bytes, done, block.length - done)
      }
      return true
    } catch (error) {
      failure ??= error
      return false
    } finally {
      block.length = 0
    }
  }

  function writeFrom(stream: FileStream, place: number, length: number): boolean {
    const { HEAPU8: memory } = running()
    const block = blockOf(stream)
    for (let done = 0; done < length;) {
      if (block.length === BLOCK_BYTES && !flush(stream, block)) return false
      const count = Math.min(length - done, BLOCK_BYTES - block.length)
      block.bytes.set(memory.subarray(place + done, place + done + count), block.length)
      block.length += count
      done += count
    }
    return true
  }

  /** What a file is still to get comes before anything else that is done with it. */
  function settle(descriptor: number): void {
    const stream = fileOf(descriptor)
    if (stream === undefined || (stream.flags & ACCESS) === 0) return
    const block = blocks.get(stream)
    if (block !== undefined && block.length > 0) flush(stream, block)
  }

  /**
   * Does something with each piece of memory of a list of `iovec`, and writes down how many bytes that was.
   *
   * @param use - tells how many bytes; fewer than the piece has end it, undefined is a failure
   */
  function each(
    [list, count, told]: readonly [list: number, count: number, told: number],
    use: (place: number, length: number) => number | undefined,
  ): number {
    let all = 0
    for (let index = 0; index < count; index += 1) {
      const { HEAPU32: words } = running()
      const at = (list >>> 2) + index * 2
      const [place, length] = [words[at] ?? 0, words[at + 1] ?? 0]
      const done = use(place, length)
      if (done === undefined) return INPUT_OUTPUT_ERROR
      all += done
      if (done < length) break
    }
    running().HEAPU32[told >>> 2] = all
    return 0
  }

  Object.assign(imports, {
    [CALLS.seek](descriptor: number, offset: bigint, from: number, told: number): number {
      const stream = fileOf(descriptor)
      if (stream === undefined || (stream.flags & ACCESS) !== 0) {
        settle(descriptor)
        return seek(descriptor, offset, from, told)
      }
      // Mostly it asks where it is, and big numbers take time.
      const isAsking = from === FROM_HERE && offset === 0n
      if (!isAsking) {
        const position = from === FROM_START ? Number(offset) : stream.position + Number(offset)
        if ((from !== FROM_START && from !== FROM_HERE) || position < 0) {
          return seek(descriptor, offset, from, told)
        }
        stream.position = position
      }
      const { HEAPU32: words } = running()
      words[told >>> 2] = stream.position
      words[(told >>> 2) + 1] = stream.position / 2 ** 32
      return 0
    },
    [CALLS.read](descriptor: number, list: number, count: number, told: number): number {
      const stream = fileOf(descriptor)
      if (stream === undefined || (stream.flags & ACCESS) !== 0) {
        settle(descriptor)
        return read(descriptor, list, count, told)
      }
      const { position } = stream
      try {
        return each([list, count, told], (place, length) => readInto(stream, place, length))
      } catch {
        // Whatever it is, Emscripten has a number for it.
        stream.position = position
        return read(descriptor, list, count, told)
      }
    },
    [CALLS.write](descriptor: number, list: number, count: number, told: number): number {
      const stream = fileOf(descriptor)
      if (stream === undefined) return write(descriptor, list, count, told)
      return each([list, count, told], (place, length) =>
        writeFrom(stream, place, length) ? length : undefined,
      )
    },
    [CALLS.close](descriptor: number): number {
      settle(descriptor)
      return close(descriptor)
    },
  })
  return { failure: () => failure }
}
