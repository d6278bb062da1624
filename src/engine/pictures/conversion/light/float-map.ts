import { SRGB_PRIMARIES } from '../../meaning/colour-space.ts'
import { IncompleteFile, type SourceBytes } from '../magick-source.ts'
import type { OpenedRaster } from '../raster.ts'
import { LIGHT_BYTES, showLight } from './light.ts'

/** More than a header has, in bytes. */
const HEADER_BYTES = 256

/** As long as a pixel of three colours is, in bytes. */
const FILE_BYTES = 12

const HEADER = /^P([Ff])\s+(\d{1,9})\s+(\d{1,9})\s+([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s/

/**
 * Opens a PFM file: `PF` for colours or `Pf` for grey, width, height, and a number that is negative where the low bytes come first. The
 * rows run from the bottom up (http://www.pauldebevec.com/Research/HDR/PFM/).
 */
export function openFloatMap(file: SourceBytes): OpenedRaster {
  const start = file.read([{ start: 0, length: Math.min(file.size, HEADER_BYTES) }])
  const header = HEADER.exec(start.toString('latin1'))
  if (header === null) throw new IncompleteFile('The header of the PFM file is damaged.')
  const [all, kind, across, down, scale] = header
  const [width, height] = [Number(across), Number(down)]
  const bands = kind === 'F' ? 3 : 1
  const isLittle = Number(scale) < 0
  return {
    width,
    height,
    bytesAPixel: FILE_BYTES + LIGHT_BYTES,
    decode() {
      const length = width * height * bands * 4
      const bytes = file.read([{ start: all.length, length }])
      const view = new DataView(bytes.buffer, bytes.byteOffset, length)
      const planeOf = (band: number): Float32Array => {
        const plane = new Float32Array(width * height)
        for (let y = 0; y < height; y += 1) {
          const row = (height - 1 - y) * width
          for (let x = 0; x < width; x += 1)
            plane[y * width + x] = view.getFloat32(((row + x) * bands + band) * 4, isLittle)
        }
        return plane
      }
      const colours =
        bands === 1 ? ([planeOf(0)] as const) : ([planeOf(0), planeOf(1), planeOf(2)] as const)
      return showLight({ width, height, primaries: SRGB_PRIMARIES, colours })
    },
  }
}
