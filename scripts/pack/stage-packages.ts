import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { stageAioPlugin } from './stage-aio-plugin.ts'
import { stageService } from './stage-service.ts'
import { stageWorker } from './stage-worker.ts'

/**
 * Lays out the packages that are made of this repository: `darkroom`, the service and its commands; `darkroom-worker`, what
 * workers are written with; and `darkroom-aio`, the commands of `aio`.
 *
 * @param root - the folder of the repository
 * @param to - a folder that is made anew
 * @returns the folders of the packages
 */
export async function stagePackages(root: string, to: string): Promise<string[]> {
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const stages = {
    darkroom: stageService,
    'darkroom-worker': stageWorker,
    'darkroom-aio': stageAioPlugin,
  }
  return Promise.all(
    Object.entries(stages).map(async ([name, stage]) => {
      const folder = path.join(to, name)
      await stage(root, folder)
      return folder
    }),
  )
}
