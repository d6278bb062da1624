/** `npm run assets`: assets of Image Serving, added to a service that runs, listed and removed. */
import path from 'node:path'
import { readConfig } from '../config.ts'
import { typeOfFile } from '../doors/scene7/catalogue/asset-type.ts'
import { typeOfName } from '../sources/media-type.ts'
import { UsageError } from './arguments.ts'
import { type AssetsCall, readAssetsCall } from './assets/assets-options.ts'
import { type FileToAdd, findFilesToAdd } from './assets/files-to-add.ts'
import { ASSETS_USAGE } from './assets/usage.ts'
import { explainFailure } from './explain-failure.ts'
import { trustService } from './jobs-api/with-jobs-client.ts'
import { findScene7Access, type Scene7Access } from './scene7/scene7-access.ts'
import { createScene7Client, type Scene7Client } from './scene7/scene7-client.ts'
import { formatColumns } from './text-table.ts'

async function main(): Promise<number> {
  const call = readAssetsCall(process.argv.slice(2))
  if (call === 'help') {
    console.log(ASSETS_USAGE)
    return 0
  }
  const files = call.command === 'add' ? findFilesToAdd(call.subjects, call.folder) : []
  const config = readConfig()
  const access = await findScene7Access(call, config)
  await trustService(config.home)
  const client = createScene7Client(access)
  if (call.command === 'list') return list(client, call)
  if (call.command === 'remove') {
    return forEach(call.subjects, async (name) => {
      await client.remove(name)
      return `${access.company}/${name} is removed`
    })
  }
  const job = await client.beginUpload()
  const status = await forEach(files, async (each) => {
    await client.upload(job, each)
    return `${each.file}: ${urlOf(each, access)}`
  })
  await client.endUpload(job)
  return status
}

/** Where an asset is to be seen, or had where there is no picture of it. */
function urlOf({ file }: FileToAdd, { origin, company }: Scene7Access): string {
  const type = typeOfFile(typeOfName(file))
  const context = type === 'static' || type === 'audio' || type === 'profile' ? 'content' : 'image'
  return `${origin}/is/${context}/${[company, path.parse(file).name].map(encodeURIComponent).join('/')}`
}

/** Does one after the other, prints a line about each, and goes on where one of them fails. */
async function forEach<T extends string | { readonly file: string }>(
  subjects: readonly T[],
  act: (subject: T) => Promise<string>,
): Promise<number> {
  let status = 0
  for (const subject of subjects) {
    try {
      console.log(await act(subject))
    } catch (error) {
      const name = typeof subject === 'string' ? subject : subject.file
      console.error(`${name}: ${explainFailure(error)}`)
      status = 1
    }
  }
  return status
}

async function list(client: Scene7Client, { folder }: AssetsCall): Promise<number> {
  const listed = (await client.list()).filter(
    (each) => folder === '' || each.folder === folder || each.folder.startsWith(`${folder}/`),
  )
  const rows = listed.map(({ name, folder: within, type, size }) => [
    name,
    within,
    type,
    size === undefined ? '' : String(size),
  ])
  if (rows.length > 0) {
    console.log(formatColumns(['Asset', 'Folder', 'Type', 'Bytes'], rows, 3).join('\n'))
  }
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(explainFailure(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
}
