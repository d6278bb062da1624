import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import {
  createJobsClient,
  type JobsAccess,
  type JobsClient,
} from '../../client/jobs/jobs-client.ts'
import { readJobsEnv } from '../../client/jobs/jobs-env-file.ts'
import type { Config } from '../../config.ts'
import { caFile } from '../../http/certificate-files.ts'
import { interruptible } from '../interruptible.ts'
import { startOwnService, withOwnService } from '../own-service.ts'

/**
 * Runs with the jobs API of a running service, or of one that is there for this command only.
 *
 * @param access - of a running service; undefined to start one
 * @param use - is told by `interrupted` that nobody waits for a result any more, and that a service of its own is going
 */
export async function withJobsClient<T>(
  config: Config,
  access: JobsAccess | undefined,
  use: (client: JobsClient, interrupted: AbortSignal) => Promise<T>,
): Promise<T> {
  if (access !== undefined) {
    await trustService(config.home)
    return interruptible((interrupted) => use(createJobsClient(access), interrupted))
  }
  return withOwnService(
    (home) => startOwnService(config, home),
    async (_service, home, interrupted) => {
      const own = await readJobsEnv(home)
      if (own === undefined) throw new Error(`${home} has no jobs.env, which the service writes.`)
      return use(createJobsClient(own), interrupted)
    },
  )
}

/** The service may be the one whose state is in `home`; another has a certificate that is trusted already, or is refused. */
export async function trustService(home: string): Promise<void> {
  const ca = await readFile(caFile(home), 'utf8').catch(() => undefined)
  if (ca !== undefined) setDefaultCACertificates([...getCACertificates('default'), ca])
}
