import type { JobLine } from '../jobs/ips-job.ts'
import type { JobWork } from '../jobs/job-kind.ts'

/** What has become of assets, as it is logged and counted. */
export interface ExportReport {
  /**
   * Takes note of an asset. Nobody waits for the disk here: it is kept with what comes within a moment.
   *
   * @throws what kept an earlier note from being kept, such as a full disk
   */
  readonly tell: (key: 'successes' | 'errors' | 'warnings', line: JobLine) => void
  /** Resolves when all is kept. */
  readonly finish: () => Promise<void>
}

/** How often it is kept, in milliseconds: nobody sees more of it, and each time is a wait for the disk. */
const KEEP_MS = 250

/** @param total - how many assets there are */
export async function openReport(
  { count, report }: Pick<JobWork, 'count' | 'report'>,
  total: number,
): Promise<ExportReport> {
  const counts = { total, successes: 0, errors: 0, warnings: 0 }
  let lines: JobLine[] = []
  let timer: NodeJS.Timeout | undefined
  let keeping: Promise<unknown> = Promise.resolve()
  let failure: { readonly error: unknown } | undefined

  function keep(): void {
    clearTimeout(timer)
    timer = undefined
    const written = report(lines, { ...counts })
    lines = []
    keeping = Promise.all([keeping, written]).catch((error: unknown) => {
      failure ??= { error }
    })
  }

  await count(counts)
  return {
    tell(key, line) {
      if (failure) throw failure.error
      counts[key] += 1
      lines.push(line)
      timer ??= setTimeout(keep, KEEP_MS)
    },
    async finish() {
      keep()
      await keeping
      if (failure) throw failure.error
    },
  }
}
