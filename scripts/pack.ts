/** `npm run pack`: the packages of npm that are made of this repository, each as a folder and as the archive that npm takes. */
import path from 'node:path'
import { packFolder } from './pack/pack-folder.ts'
import { stagePackages } from './pack/stage-packages.ts'

/** Below `build/`, which is not for git. */
const PLACE = path.join('build', 'packages')

const MEGABYTE = 1024 * 1024

const folders = await stagePackages(process.cwd(), path.resolve(PLACE))
for (const folder of folders) {
  const { archive, files, bytes, unpackedBytes } = await packFolder(folder, path.resolve(PLACE))
  const sizes = [bytes, unpackedBytes].map((size) => `${(size / MEGABYTE).toFixed(1)} MB`)
  console.log(
    `${path.relative('.', archive)}: ${files.length} files, ${sizes[0]}, unpacked ${sizes[1]}`,
  )
}
