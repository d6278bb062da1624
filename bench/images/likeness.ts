import { stat } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { difference } from '../../test/support/pictures.ts'
import type { Request } from './job.ts'

/** The furthest that two ways to make a picture smaller may be apart, as {@link difference} counts. */
const FURTHEST = 0.03

/** The furthest that the same encoder's files of nearly the same pixels may be apart, as a share of their bytes. */
const FURTHEST_BYTES = 0.03

/**
 * Makes sure that nobody is fast by doing less: every rendition has the same size in pixels and looks the same.
 *
 * @param options.sameEncoder - whether the files must be about as long, too
 * @throws {Error} naming the first rendition that is different
 */
export async function expectSamePictures(
  expected: readonly Request[],
  actual: readonly Request[],
  options: { sameEncoder: boolean },
): Promise<void> {
  const files = filesOf(actual)
  for (const [index, file] of filesOf(expected).entries()) {
    const other = files[index] ?? ''
    const name = path.join(path.basename(path.dirname(other)), path.basename(other))
    const [one, two] = await Promise.all([describe(file), describe(other)])
    if (one.what !== two.what) throw new Error(`${name} is ${two.what}, not ${one.what}.`)
    const apart = await difference(file, other)
    if (apart > FURTHEST) throw new Error(`${name} looks different (${apart.toFixed(3)}).`)
    if (options.sameEncoder && Math.abs(two.bytes / one.bytes - 1) > FURTHEST_BYTES) {
      throw new Error(`${name} has ${two.bytes} bytes, not some ${one.bytes}.`)
    }
  }
}

function filesOf(requests: readonly Request[]): string[] {
  return requests.flatMap(({ renditions }) => renditions.map((wanted) => wanted.path))
}

async function describe(file: string): Promise<{ what: string; bytes: number }> {
  const { format, width, height } = await sharp(file).metadata()
  const { size } = await stat(file)
  return { what: `a ${format} of ${width} × ${height} pixels`, bytes: size }
}
