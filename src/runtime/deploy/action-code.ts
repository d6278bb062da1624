import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ServiceError } from '../../base/errors.ts'
import { syncFolder } from '../../home/private-file.ts'
import { missingCode } from '../run/action.ts'
import { unzip } from './unzip.ts'

/** Adobe I/O Runtime takes a zip file of 22 MB. */
export const LARGEST_CODE_BYTES = 22 * 1024 * 1024

/** The code of an action as it was sent. */
export interface Code {
  /** A zip file, or text. */
  bytes: Buffer
  /** Whether it is a zip file. */
  binary: boolean
  /** The function to call: `main`, or `lib/index.main` in a zip file. */
  main: string
}

/** One character at a time: an expression for the whole of a text remembers each of its characters, which 30 MB are too many for. */
const OUTSIDE_OF_BASE64 = /[^A-Za-z\d+/]/
const FUNCTION = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u
/** The module is one in the zip file, so the name leads nowhere else. */
const MODULE_FUNCTION = /^(?!\/|.*\.\.)([\w$@./-]+\.)?[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/**
 * Takes the code out of what was sent: base64 is a zip file, anything else the text of a script, as in OpenWhisk
 * (common/scala, Exec.scala, isBinaryCode).
 *
 * @throws {ServiceError} 400 when there is none or for a function that has no name, 413 for code over {@link LARGEST_CODE_BYTES}
 */
export function readCode(exec: {
  code?: string | undefined
  binary?: boolean | undefined
  main?: string | undefined
}): Code {
  if (exec.code === undefined) {
    throw new ServiceError(
      'invalid',
      'exec.code is missing; it must be a base64 zip file, or JavaScript.',
    )
  }
  const trimmed = exec.code.trim()
  const binary = exec.binary ?? isBase64(trimmed)
  const bytes = Buffer.from(binary ? trimmed : exec.code, binary ? 'base64' : 'utf8')
  if (bytes.length > LARGEST_CODE_BYTES) throw tooLargeCode()
  const main = exec.main || 'main'
  if (!(binary ? MODULE_FUNCTION : FUNCTION).test(main)) {
    throw new ServiceError(
      'invalid',
      `exec.main must be the name of a function, but it is ${quote(main)}.`,
    )
  }
  return { bytes, binary, main }
}

function isBase64(text: string): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const isWhole = text.length > padding && text.length % 4 === 0
  return isWhole && !OUTSIDE_OF_BASE64.test(text.slice(0, text.length - padding))
}

/** The refusal of code over {@link LARGEST_CODE_BYTES}. */
export function tooLargeCode(): ServiceError {
  return new ServiceError(
    'too_large',
    `The code is larger than ${LARGEST_CODE_BYTES} bytes, the most an action may have.`,
  )
}

/** Where the code lies in the folder of a deployment. */
export function codePlaces(folder: string) {
  return {
    /** As it was sent. */
    sent: path.join(folder, 'code'),
    /** Unpacked: what Node requires. */
    files: path.join(folder, 'files'),
    /** For Node's compiled code. */
    cache: path.join(folder, 'cache'),
  }
}

/** The function to call in the unpacked code, see {@link saveCode}. */
export function handlerOf({ binary, main }: Pick<Code, 'binary' | 'main'>): string {
  return binary ? main : 'main'
}

/**
 * Keeps code in a new folder, both as it was sent and so that Node can load it. On return all of it is on disk. Whoever
 * calls removes the folder when this fails.
 *
 * @throws {ServiceError} 400 for a zip file that is damaged or nothing that Node can load, 413 for too large a one
 */
export async function saveCode(folder: string, code: Code): Promise<void> {
  const { sent, files } = codePlaces(folder)
  await mkdir(files, { recursive: true, mode: 0o700 })
  await writeFile(sent, code.bytes, { mode: 0o600, flush: true })
  // Without it, the package.json of whatever this folder lies in would say what kind of module an index.js is.
  await writeFile(path.join(folder, 'package.json'), '{}', { flush: true })
  if (code.binary) {
    await unzip(code.bytes, files)
    const atRoot = await readdir(files)
    const isLoadable = atRoot.includes('package.json') || atRoot.includes('index.js')
    if (!isLoadable && !code.main.includes('.')) {
      throw new ServiceError(
        'invalid',
        'The zip file must have a package.json or an index.js at its root.',
      )
    }
  } else {
    const script = toModule(code.bytes.toString(), code.main)
    await writeFile(path.join(files, 'index.js'), script, { mode: 0o600, flush: true })
    await writeFile(path.join(files, 'package.json'), '{"type":"commonjs"}', { flush: true })
  }
  await syncFolders(folder)
}

/**
 * Reads code as it was sent: base64 when it is a zip file.
 *
 * @param name - of the action
 * @throws {ServiceError} 404 when it is gone
 */
export async function loadCode(folder: string, binary: boolean, name: string): Promise<string> {
  const { sent } = codePlaces(folder)
  return readFile(sent, binary ? 'base64' : 'utf8').catch((error: unknown) => {
    throw existsSync(sent)
      ? error
      : new ServiceError('not_found', missingCode(name), { cause: error })
  })
}

/**
 * A script as a module: OpenWhisk takes the function from its scope, or else from its exports (openwhisk-runtime-nodejs,
 * runner.js). The lines keep their numbers.
 */
function toModule(script: string, main: string): string {
  return `${script}
;module.exports = { main: (() => {
  try { return ${main} } catch (error) {
    if (error.name === 'ReferenceError') return module.exports.${main} || exports.${main}
    throw error
  }
})() }
`
}

/** Makes sure that the names of all files in a folder are on disk, as their contents are. */
async function syncFolders(folder: string): Promise<void> {
  const below = await readdir(folder, { withFileTypes: true, recursive: true })
  const folders = below.filter((entry) => entry.isDirectory())
  for (const { parentPath, name } of folders) await syncFolder(path.join(parentPath, name))
  await syncFolder(folder)
  await syncFolder(path.dirname(folder))
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 60))
}
