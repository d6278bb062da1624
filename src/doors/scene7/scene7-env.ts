import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { changeFolder, writePrivateFile } from '../../home/private-file.ts'
import { shellValue } from '../../home/shell-value.ts'
import type { SharedSecrets } from '../../identity/shared-secrets.ts'
import { isSegment } from './catalogue/object-name.ts'
import { CURRENT_DATE } from './ips/ips-namespaces.ts'
import type { Credentials } from './upload/credentials.ts'

const FILE = 'scene7.env'

const credentialsSchema = z.object({
  user: z.string(),
  password: z.string(),
  company: z.string(),
})

/**
 * Reads what there is in `scene7.env` of who may upload, and for which company.
 *
 * @param home - the state folder
 */
export async function readScene7Env(home: string): Promise<ReturnType<typeof readVariables>> {
  return readVariables(await readEnvText(path.join(home, FILE)))
}

/**
 * Reads who may upload, and what the company of this service is called, from `scene7.env`; what is not in it yet is added.
 * The company may be changed to that of the pages which ask for its pictures.
 *
 * @param shared - what several front ends have in common: the first of them brings it, and the files of the others get it
 * @throws {Error} one sentence when the name of the company is none
 */
export function openScene7Env(
  home: string,
  shared?: Pick<SharedSecrets, 'open'>,
): Promise<Credentials> {
  return changeFolder(home, async () => {
    const own = await completeScene7Env(home)
    if (shared === undefined) return own
    const all = await shared.open('scene7', credentialsSchema, async () => own)
    await writeVariables(home, {
      SCENE7_USER: all.user,
      SCENE7_PASSWORD: all.password,
      SCENE7_COMPANY: all.company,
    })
    return all
  })
}

async function completeScene7Env(home: string): Promise<Credentials> {
  const file = path.join(home, FILE)
  const text = await readEnvText(file)
  const known = readVariables(text)
  const user = known.user ?? 'darkroom'
  const password = known.password ?? randomBytes(18).toString('base64url')
  const company = known.company ?? 'darkroom'
  if (!isSegment(company) || company.startsWith('.')) {
    throw new Error(`SCENE7_COMPANY in ${file} must be the name of a company, without slashes.`)
  }
  const lines = [
    ...(known.user === undefined ? [`export SCENE7_USER=${user}\n`] : []),
    ...(known.password === undefined ? [`export SCENE7_PASSWORD=${password}\n`] : []),
    ...(known.company === undefined ? [`export SCENE7_COMPANY=${company}\n`] : []),
  ]
  if (lines.length > 0) {
    const head =
      text === ''
        ? '# Who may upload pictures, and whose they are: /is/image/$SCENE7_COMPANY/…\n'
        : ''
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`
    await writePrivateFile(file, `${head}${before}${lines.join('')}`)
  }
  return { user, password, company }
}

/**
 * Writes into `scene7.env` where the WSDL is, in place of where it was before: the port may be another one at each start.
 *
 * @param origin - such as `https://localhost:9443`
 */
export function writeWsdlAddress(home: string, origin: string): Promise<void> {
  const address = `${origin}/scene7/IpsApi-${CURRENT_DATE}.wsdl`
  return changeFolder(home, () => writeVariables(home, { SCENE7_WSDL: address }))
}

/** Writes variables behind the others, in place of what they were before; nothing when they are there as they are. */
async function writeVariables(home: string, variables: Record<string, string>): Promise<void> {
  const file = path.join(home, FILE)
  const text = await readEnvText(file)
  const before = text.split('\n')
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}=${shellValue(value)}`,
  )
  if (lines.every((line) => before.includes(line))) return
  const isOther = (line: string): boolean =>
    !Object.keys(variables).some((name) => new RegExp(`^(?:export )?${name}=`).test(line))
  const others = before.filter(isOther)
  while (others.at(-1) === '') others.pop()
  await writePrivateFile(file, [...others, ...lines, ''].join('\n'))
}

async function readEnvText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
}

function readVariables(text: string): { [Name in keyof Credentials]: string | undefined } {
  const read = (name: string): string | undefined => {
    const line = new RegExp(`^(?:export )?${name}=(["']?)(.+)\\1$`, 'm').exec(text)
    // As shellValue writes an apostrophe.
    return line?.[1] === "'" ? line[2]?.replaceAll("'\\''", "'") : line?.[2]
  }
  return {
    user: read('SCENE7_USER'),
    password: read('SCENE7_PASSWORD'),
    company: read('SCENE7_COMPANY'),
  }
}
