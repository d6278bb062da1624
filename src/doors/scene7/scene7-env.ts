import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { changeFolder, writePrivateFile } from '../../home/private-file.ts'
import { isSegment } from './catalogue/object-name.ts'
import { CURRENT_DATE } from './ips/ips-namespaces.ts'
import type { Credentials } from './upload/credentials.ts'

const FILE = 'scene7.env'

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
 * @throws {Error} one sentence when the name of the company is none
 */
export function openScene7Env(home: string): Promise<Credentials> {
  return changeFolder(home, () => completeScene7Env(home))
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
  return changeFolder(home, async () => {
    const file = path.join(home, FILE)
    const text = await readFile(file, 'utf8')
    const line = `export SCENE7_WSDL=${origin}/scene7/IpsApi-${CURRENT_DATE}.wsdl`
    const others = text.split('\n').filter((each) => !/^(?:export )?SCENE7_WSDL=/.test(each))
    while (others.at(-1) === '') others.pop()
    const written = [...others, line, ''].join('\n')
    if (written !== text) await writePrivateFile(file, written)
  })
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
    return line?.[2]
  }
  return {
    user: read('SCENE7_USER'),
    password: read('SCENE7_PASSWORD'),
    company: read('SCENE7_COMPANY'),
  }
}
