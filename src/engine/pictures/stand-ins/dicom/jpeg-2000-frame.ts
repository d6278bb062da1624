import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { OperationError } from '../../../../base/operation-error.ts'
import { limitMemory } from '../../../wasm-memory.ts'
import { findJpeg2000 } from '../../conversion/jpeg-2000.ts'
import { IncompleteFile, inSourceBytes } from '../../conversion/magick-source.ts'
import { countPixels, type Size } from '../../dimensions.ts'
import { tooManyPixels } from '../../source.ts'
import { damagedDicom } from './damaged.ts'

type OpenJpeg = typeof import('@cornerstonejs/codec-openjpeg/decodewasmjs')

/** What a codestream ends with (ISO 15444-1, A.4.4). */
const END = Buffer.from([0xff, 0xd9])

/** The most that OpenJPEG may take, in bytes, and samples for which that is enough: it has each several times in four bytes. */
const MOST_MEMORY = 1024 ** 3
const MOST_SAMPLES = 60_000_000

/** As many bytes may stand behind it, since what is in DICOM has an even length. */
const MOST_PADDING = 8

/**
 * Decodes a frame that is a JPEG 2000 into samples of 16 bits, the lower byte first and those of a pixel together. Colours are red, green
 * and blue where the codestream says how they were made of these.
 *
 * @param expected - the size that the picture must have, so that nothing larger is unpacked
 * @throws {@link OperationError} source_corrupt when it is damaged or another picture than that, source_too_many_pixels
 */
export async function decodeJpeg2000Frame(
  frame: Buffer,
  expected: Size,
  samples: number,
): Promise<Buffer> {
  if (countPixels(expected) * samples > MOST_SAMPLES)
    throw tooManyPixels(expected, Math.floor(MOST_SAMPLES / samples))
  requireWhole(frame, expected)
  // Loaded as it lies in its package, and only where a file has such a frame.
  const { default: load }: OpenJpeg = await import(
    import.meta.resolve('@cornerstonejs/codec-openjpeg/decodewasmjs')
  )
  const wasm = import.meta.resolve('@cornerstonejs/codec-openjpeg/decodewasm')
  const { J2KDecoder } = await load({
    wasmBinary: limitMemory(readFileSync(fileURLToPath(wasm)), MOST_MEMORY),
    print: ignore,
    printErr: ignore,
  })
  const decoder = new J2KDecoder()
  try {
    decoder.getEncodedBuffer(frame.length).set(frame)
    decoder.decode()
    const { width, height, componentCount, bitsPerSample } = decoder.getFrameInfo()
    const decoded = decoder.getDecodedBuffer()
    const count = width * height * componentCount
    const bytes = bitsPerSample > 8 ? 2 : 1
    const isExpected =
      width === expected.width && height === expected.height && componentCount === samples
    if (!isExpected || decoded.length < count * bytes) throw damagedDicom()
    return bytes === 2 ? Buffer.from(decoded.subarray(0, 2 * count)) : widen(decoded, count)
  } catch (error) {
    // OpenJPEG throws numbers, and WebAssembly whatever it ends with.
    throw error instanceof OperationError ? error : damagedDicom({ cause: error })
  } finally {
    decoder.delete()
  }
}

function ignore(): void {}

/** OpenJPEG makes do with what there is of a codestream, and takes whatever size that says. */
function requireWhole(frame: Buffer, { width, height }: Size): void {
  const end = frame.lastIndexOf(END)
  if (end < frame.length - END.length - MOST_PADDING) throw damagedDicom()
  try {
    const { size } = findJpeg2000(inSourceBytes(frame))
    if (size?.width !== width || size.height !== height) throw damagedDicom()
  } catch (error) {
    throw error instanceof IncompleteFile ? damagedDicom({ cause: error }) : error
  }
}

/** Bytes as numbers of 16 bits; the highest bit of one with a sign is in its byte, from where it is read. */
function widen(bytes: Uint8Array, count: number): Buffer {
  const wide = Buffer.alloc(2 * count)
  for (let at = 0; at < count; at += 1) wide[2 * at] = bytes[at] ?? 0
  return wide
}
