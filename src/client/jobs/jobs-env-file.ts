import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { JobsAccess } from './jobs-client.ts'

/**
 * Reads where the jobs API of a service is, and a key for it, from the `jobs.env` that the service has written.
 *
 * @param home - the service's state folder
 * @returns undefined when there is no such file, or it does not tell
 */
export async function readJobsEnv(home: string): Promise<JobsAccess | undefined> {
  const text = await readFile(path.join(home, 'jobs.env'), 'utf8').catch(() => '')
  const valueOf = (name: string): string | undefined =>
    new RegExp(`^export ${name}=(\\S+)$`, 'm').exec(text)?.[1]
  const url = valueOf('CLOUDCONVERT_API_URL')
  const key = valueOf('CLOUDCONVERT_API_KEY')
  return url === undefined || key === undefined ? undefined : { url, key }
}
