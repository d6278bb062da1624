import { setTimeout } from 'node:timers/promises'
import { createIpsClient } from '../../src/cli/scene7/ips-client.ts'
import { findScene7Access } from '../../src/cli/scene7/scene7-access.ts'
import type { Takes } from '../../src/doors/scene7/ips/schema/signatures.ts'

/** What an exportJob asks for, beside the assets. */
type ExportMembers = Omit<
  NonNullable<Takes<'submitJob'>['exportJob']>,
  'assetHandleArray' | 'emailSetting'
>

/** Between two looks at whether a job has ended, in milliseconds. */
const LOOK_MS = 100

/** Exports all assets of the service at `origin` by SOAP, as the user of its state folder. */
export async function createExporter(origin: string, home: string) {
  const access = await findScene7Access({ url: origin, company: undefined }, { home, port: 0 })
  const client = createIpsClient(access)
  const companyHandle = `c|${access.company}`

  async function logOf(jobHandle: string) {
    const { jobLogArray } = await client.call('getJobLogDetails', { companyHandle, jobHandle })
    return jobLogArray[0]
  }

  return {
    logOf,
    /**
     * @param most - how many assets, all of them unless given
     * @returns the handle of the job
     */
    async submit(members: ExportMembers, most = Infinity): Promise<string> {
      const { assetArray = [] } = await client.call('searchAssets', {
        companyHandle,
        includeSubfolders: true,
      })
      const { jobHandle } = await client.call('submitJob', {
        companyHandle,
        jobName: 'all',
        exportJob: {
          ...members,
          assetHandleArray: assetArray.slice(0, most).map(({ assetHandle = '' }) => assetHandle),
          emailSetting: 'All',
        },
      })
      return jobHandle
    },
    /** Waits for its end, and looks meanwhile. */
    async ended(jobHandle: string, look: () => void = () => undefined) {
      for (;;) {
        const log = await logOf(jobHandle)
        if (log) return log
        look()
        await setTimeout(LOOK_MS)
      }
    },
  }
}

/** Where the ZIP of an export is, of the lines of its log. */
export function urlOfZip(details: readonly { readonly logMessage: string }[] = []): string {
  return /^The export is ready: (\S+)$/.exec(details.at(-1)?.logMessage ?? '')?.[1] ?? ''
}
