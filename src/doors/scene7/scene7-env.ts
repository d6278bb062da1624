import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { writePrivateFile } from '../../home/private-file.ts'
import { isSegment } from './catalogue/object-name.ts'
import type { Credentials } from './upload/credentials.ts'

const FILE = 'scene7.env'

/**
 * Reads who may upload, and what the company of this service is called, from `scene7.env`; what is not in it yet is added.
 * The company may be changed to that of the pages which ask for its pictures.
 *
 * @throws {Error} one sentence when the name of the company is none
 */
export async function openScene7Env(home: string): Promise<Credentials> {
  const file = path.join(home, FILE)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const read = (name: string): string | undefined => {
    const line = new RegExp(`^(?:export )?${name}=(["']?)(.+)\\1$`, 'm').exec(text)
    return line?.[2]
  }
  const user = read('SCENE7_USER') ?? 'darkroom'
  const password = read('SCENE7_PASSWORD') ?? randomBytes(18).toString('base64url')
  const company = read('SCENE7_COMPANY') ?? 'darkroom'
  if (!isSegment(company) || company.startsWith('.')) {
    throw new Error(`SCENE7_COMPANY in ${file} must be the name of a company, without slashes.`)
  }
  const variables = { SCENE7_USER: user, SCENE7_PASSWORD: password, SCENE7_COMPANY: company }
  const missing = Object.entries(variables).filter(([name]) => read(name) === undefined)
  if (missing.length > 0) {
    const head =
      text === ''
        ? '# Who may upload pictures, and whose they are: /is/image/$SCENE7_COMPANY/…\n'
        : ''
    const lines = missing.map(([name, value]) => `export ${name}=${value}\n`)
    const before = text === '' || text.endsWith('\n') ? text : `${text}\n`
    await writePrivateFile(file, `${head}${before}${lines.join('')}`)
  }
  return { user, password, company }
}
