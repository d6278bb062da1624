import { rmSync } from 'node:fs'
import { makeTemporaryFolder } from '../home/temporary-folder.ts'

/** Has a folder for some work, which is gone afterwards, also when the process ends meanwhile. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = makeTemporaryFolder()
  const removeNow = (): void => rmSync(folder.path, { recursive: true, force: true })
  process.once('exit', removeNow)
  try {
    return await use(folder.path)
  } finally {
    process.off('exit', removeNow)
    await folder.remove()
  }
}
