import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod/mini'

/** How many pixels an inch has, across and down. */
export interface Resolution {
  readonly x: number
  readonly y: number
}

/** Where a format keeps its resolution, in exiftool's words. */
interface Place {
  readonly x: string
  readonly y: string
  readonly unit: string
  /** How much of an inch each unit is. */
  readonly inches: ReadonlyMap<number | undefined, number>
}

const JFIF: Place = {
  x: 'JFIF:XResolution',
  y: 'JFIF:YResolution',
  unit: 'JFIF:ResolutionUnit',
  inches: new Map([
    [1, 1],
    [2, 1 / 2.54],
  ]),
}
const TIFF: Place = {
  x: 'IFD0:XResolution',
  y: 'IFD0:YResolution',
  unit: 'IFD0:ResolutionUnit',
  inches: new Map([
    [2, 1],
    [3, 1 / 2.54],
  ]),
}
const PNG: Place = {
  x: 'PNG-pHYs:PixelsPerUnitX',
  y: 'PNG-pHYs:PixelsPerUnitY',
  unit: 'PNG-pHYs:PixelUnits',
  inches: new Map([[1, 1 / 0.0254]]),
}

/** The places of each format, the one that counts first. WebP and GIF have none, whatever Exif data says. */
const PLACES: Readonly<Record<string, readonly Place[]>> = {
  JPEG: [JFIF, TIFF],
  TIFF: [TIFF],
  PNG: [PNG],
}

/** Everything that is asked for is a number, when there is one. */
const filesSchema = z.array(
  z.catchall(z.object({ SourceFile: z.string(), 'File:FileType': z.string() }), z.number()),
)

/** Reads the resolution of files, each by its path; those that say none are left out. */
export async function readResolutions(
  files: readonly string[],
): Promise<ReadonlyMap<string, Resolution>> {
  if (files.length === 0) return new Map()
  const wanted = [JFIF, TIFF, PNG].flatMap(({ x, y, unit }) => [`-${x}`, `-${y}`, `-${unit}`])
  const { stdout } = await promisify(execFile)('exiftool', [
    '-json',
    '-n',
    '-G1',
    '-File:FileType',
    ...wanted,
    ...files,
  ])
  const found = filesSchema
    .parse(JSON.parse(stdout))
    .flatMap(({ SourceFile, 'File:FileType': type, ...tags }) => {
      const places = PLACES[type] ?? []
      const [resolution] = places.flatMap((place) => readPlace(tags, place) ?? [])
      return resolution === undefined ? [] : [[SourceFile, resolution] as const]
    })
  return new Map(found)
}

function readPlace(tags: Readonly<Record<string, number>>, place: Place): Resolution | undefined {
  const inch = place.inches.get(tags[place.unit])
  const { [place.x]: x = 0, [place.y]: y = 0 } = tags
  return inch && x > 0 && y > 0 ? { x: x / inch, y: y / inch } : undefined
}
