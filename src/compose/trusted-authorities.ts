import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { writePrivateFile } from '../home/private-file.ts'
import { caFile } from '../http/certificate-files.ts'

/** What processes of actions trust besides what Node.js does. */
export interface TrustedAuthorities {
  /** The file that they read. */
  readonly file: string
  /** Has it be as the certificate of the service is now. */
  readonly renew: () => Promise<void>
}

/**
 * Has actions trust the service, and whomever the service was started to trust: an object store may have the certificate of a company.
 *
 * @param options.work - a folder that lives no longer than the service does
 * @param options.extra - the file that Node.js has read at the start of the service; undefined for none
 */
export async function createTrustedAuthorities(options: {
  home: string
  work: string
  extra: string | undefined
}): Promise<TrustedAuthorities> {
  const { home, work, extra } = options
  if (extra === undefined) return { file: caFile(home), renew: async () => undefined }
  const file = path.join(work, 'authorities.pem')
  const renew = async (): Promise<void> => {
    // One that cannot be read was told by Node.js, and is nobody whom this service trusts.
    const others = await readFile(extra, 'utf8').catch(() => '')
    await writePrivateFile(file, `${await readFile(caFile(home), 'utf8')}\n${others}`)
  }
  await mkdir(work, { recursive: true, mode: 0o700 })
  await renew()
  return { file, renew }
}
