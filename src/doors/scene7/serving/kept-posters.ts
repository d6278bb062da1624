import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { LayerFile } from '../../../engine/layers/view-order.ts'
import type { Posters } from '../../../image-pool/render-job.ts'
import type { Asset } from '../catalogue/asset.ts'
import { bringHere } from './bring-original.ts'
import { createSingleFlight } from './single-flight.ts'
import { Unprepared } from './unprepared.ts'

/** What posters there are of, with the extension of what one is. */
const KINDS = { video: '.png', office: '.pdf' } as const

/** What is shown of assets whose files are no pictures; each is kept until its asset is another. */
export interface KeptPosters {
  /**
   * @returns undefined for a file that is shown itself
   * @throws {@link Unprepared}
   */
  readonly find: (asset: Asset) => LayerFile | undefined
  /** Gives up all that is being made. */
  readonly stop: () => void
}

/** @param folder - of the files; it may be deleted whenever the service is not running */
export function createKeptPosters(folder: string, { makePoster }: Posters): KeptPosters {
  const flights = createSingleFlight<void>()

  async function make(
    { path: source, name }: LayerFile,
    { kind, file, signal }: { kind: keyof typeof KINDS; file: string; signal: AbortSignal },
  ): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await makePoster({ path: source, name }, { kind, file, signal })
    // Those of the asset as it was before.
    const [prefix = ''] = path.basename(file).split('.')
    const others = (await readdir(folder)).filter(
      (each) => each.startsWith(`${prefix}.`) && each !== path.basename(file),
    )
    await Promise.all(others.map((each) => rm(path.join(folder, each), { force: true })))
  }

  return {
    find(asset) {
      const { company, name, type, version, original } = asset
      if ((type !== 'video' && type !== 'office') || !original) return undefined
      const file = path.join(folder, `${hash(`${company}/${name}`)}.${hash(version)}${KINDS[type]}`)
      if (existsSync(file)) return { path: file, name: path.basename(file) }
      throw new Unprepared(`a poster of ${company}/${name}`, (signal) =>
        flights.share(file, signal, async (each) => {
          await bringHere(original, each)
          await make(original, { kind: type, file, signal: each })
        }),
      )
    },
    stop: () => flights.abort(new Error('The service is stopping.')),
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
