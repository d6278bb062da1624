import { type JobsAccess } from '../../client/jobs/jobs-client.ts'
import { readJobsEnv } from '../../client/jobs/jobs-env-file.ts'
import type { Config } from '../../config.ts'
import { UsageError } from '../arguments.ts'

/**
 * Which running service a command is to use: the one of `--url`, or else of CLOUDCONVERT_API_URL.
 *
 * The key is that of `--key`, or else of CLOUDCONVERT_API_KEY, or of the `jobs.env` in the service's state folder; neither of
 * these two goes to another service than the one that it belongs to.
 *
 * @returns undefined for none
 * @throws {UsageError} for a URL that is none, and when there is no key
 */
export async function resolveAccess(
  given: { url: string | undefined; key: string | undefined },
  config: Pick<Config, 'jobsApi' | 'home'>,
): Promise<JobsAccess | undefined> {
  const { jobsApi, home } = config
  const named = given.url ?? jobsApi.url
  if (named === undefined) {
    if (given.key === undefined) return undefined
    throw new UsageError('--key is for a service that runs, so that --url must tell where it is.')
  }
  const name = given.url === undefined ? 'CLOUDCONVERT_API_URL' : '--url'
  const url = URL.parse(named)
  if (url?.protocol !== 'https:') {
    throw new UsageError(`${name} must be an https:// URL, but it is ${JSON.stringify(named)}.`)
  }
  const isOf = (other: string | undefined): boolean =>
    other !== undefined && URL.parse(other)?.origin === url.origin
  const fromFile = await readJobsEnv(home)
  const key =
    given.key ??
    (jobsApi.url === undefined || isOf(jobsApi.url) ? jobsApi.key : undefined) ??
    (isOf(fromFile?.url) ? fromFile?.key : undefined)
  if (key === undefined) {
    throw new UsageError(
      `There is no key for ${url.origin}; give it with --key or in CLOUDCONVERT_API_KEY, or have DARKROOM_HOME be the folder of that service.`,
    )
  }
  const path = url.pathname.replace(/\/+$/, '')
  return { url: `${url.origin}${path === '' ? '/v2' : path}`, key }
}
