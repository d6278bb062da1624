import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { lstat, mkdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { getExtension } from 'hono/utils/mime'
import { ServiceError } from '../../../base/errors.ts'
import { readCase } from '../../../cases/test-case.ts'
import { formatCaseParams } from '../../../contract/case-params.ts'
import { isFormatName } from '../../../contract/format-name.ts'
import type { Instructions } from '../../../contract/instructions/instruction.ts'
import { textsIn } from '../../../contract/instructions/named-files.ts'
import { readMediaType, typeOfName } from '../../../sources/media-type.ts'
import type { DevtoolRequest, KeptSource, Rendition, SavedCase } from '../api.ts'
import type { RequestFiles } from '../requests/request-files.ts'

/** What a case has as its source when the request had none: a case cannot be without, and an archive does not look at it. */
const NO_SOURCE = 'not looked at\n'

/**
 * The names of files that mean something in a case, those that are passed over there, and those of programs, which a test
 * runner may find among the tests.
 */
const SPECIAL =
  /^(?:file|rendition\.|\.)|^(?:params\.json|validate|mock-.+\.json)$|\.[cm]?[jt]sx?$/i

/**
 * Writes a rendition of a request, with its source and its instructions, as a test case: all of it or nothing. Its
 * `params.json` has the instructions word for word, a `password` among them, too, since the case cannot run without.
 *
 * @param folder - has a folder for each action
 * @throws {ServiceError} 404 when there is no such rendition, 409 when it cannot become a case, or there is one of this name
 */
export async function writeSavedCase(
  folder: string,
  requests: RequestFiles,
  { request: id, rendition: position, action, name }: SavedCase,
): Promise<void> {
  const request = requests.request(id)
  const rendition = request?.renditions[position]
  if (request === undefined || rendition === undefined) {
    throw new ServiceError(
      'not_found',
      `There is no request ${id} with a rendition ${position} any more.`,
    )
  }
  const further = namedFiles(request, rendition.instructions)
  if (rendition.state !== 'created' && rendition.failure === undefined) {
    throw new ServiceError(
      'conflict',
      'The rendition has not ended; save it as a test case when it has.',
    )
  }

  const cases = path.join(folder, action)
  await mkdir(cases, { recursive: true })
  if ((await realpath(cases)) !== path.join(await realpath(folder), action)) {
    throw new ServiceError(
      'conflict',
      `${action} leads out of the folder of the test cases; remove the link.`,
    )
  }
  const place = path.join(cases, name)
  if (await isThere(place)) throw alreadyThere(action, name)
  // Not a case, nor one of git's, as its name begins with a dot.
  const draft = path.join(cases, `.${name}.${randomUUID()}`)
  await mkdir(draft)
  try {
    const params = formatCaseParams(rendition.instructions, rendition.failure?.reason)
    await writeFile(path.join(draft, 'params.json'), params)
    await writeSource(requests, request.source, draft)
    for (const file of further) await requests.copySource(file.id, path.join(draft, file.name))
    if (rendition.state === 'created') {
      const file = path.join(draft, `rendition.${extensionOf(rendition)}`)
      await requests.copyRendition(id, position, file)
    }
    if (existsSync(path.join(folder, 'validate'))) {
      await symlink('../../validate', path.join(draft, 'validate'))
    }
    const written = readCase(draft)
    if (written.state !== 'ready')
      throw new ServiceError('conflict', `It is no test case: ${written.reason}.`)
    await rename(draft, place).catch(async (error: unknown) => {
      throw (await isThere(place)) ? alreadyThere(action, name) : error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function alreadyThere(action: string, name: string): ServiceError {
  return new ServiceError(
    'conflict',
    `There is a test case ${action}/${name} already; choose another name.`,
  )
}

function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}

/** @throws {ServiceError} 409 when a case would take one of them for something else */
function namedFiles({ files }: DevtoolRequest, instructions: Instructions): KeptSource[] {
  const texts = textsIn(instructions)
  const named = files.filter(({ name }) => texts.has(`./${name}`))
  for (const { name } of named) {
    const quoted = JSON.stringify(name)
    if (SPECIAL.test(name) || path.basename(name) !== name) {
      throw new ServiceError(
        'conflict',
        `A test case cannot have ${quoted} as a further file, since files of such names have a meaning there; name it otherwise and run it again.`,
      )
    }
    if (texts.has(name)) {
      throw new ServiceError(
        'conflict',
        `In a test case ${quoted} always means the file, also without "./"; name the file otherwise and run it again.`,
      )
    }
  }
  return named
}

async function writeSource(
  requests: RequestFiles,
  source: KeptSource | undefined,
  folder: string,
): Promise<void> {
  if (source === undefined) return writeFile(path.join(folder, 'file.txt'), NO_SOURCE)
  const extension = path.extname(source.name)
  const safe = /^\.\w+$/.test(extension) ? extension : ''
  return requests.copySource(source.id, path.join(folder, `file${safe}`))
}

/** The `fmt`, unless the file is something that it does not say, such as a copy of the source with metadata. */
function extensionOf({ instructions: { fmt }, file }: Rendition): string {
  const given = typeof fmt === 'string' && isFormatName(fmt) ? fmt : undefined
  const type = readMediaType(file?.type)
  const saysFormat = type === undefined || (given && type === typeOfName(`file.${given}`))
  return (saysFormat ? undefined : getExtension(type)) ?? given ?? 'bin'
}
