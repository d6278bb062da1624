import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { formatLog } from './case-log.ts'
import { formatReport } from './case-report.ts'
import { formatTimings } from './case-timings.ts'
import type { EndedCase } from './ended-case.ts'
import { formatJUnit } from './junit.ts'

/** Where the results of an action are. */
export interface ResultFiles {
  readonly results: string
  readonly timings: string
  readonly log: string
  readonly report: string
  /** The folder with a folder for each case whose rendition is not the expected one. */
  readonly failed: string
}

/** The files that {@link writeResults} writes into `folder`; the first three are those of `aio asset-compute test-worker`. */
export function resultFiles(folder: string): ResultFiles {
  return {
    results: path.join(folder, 'test-results.xml'),
    timings: path.join(folder, 'test-timing-results.csv'),
    log: path.join(folder, 'test.log'),
    report: path.join(folder, 'report.html'),
    failed: path.join(folder, 'failed'),
  }
}

/**
 * Writes the results of an action, over those of an earlier run.
 *
 * @param milliseconds - what all of them took
 */
export async function writeResults(
  folder: string,
  {
    action,
    results,
    milliseconds,
  }: {
    action: string
    results: readonly EndedCase[]
    milliseconds: number
  },
): Promise<void> {
  const files = resultFiles(folder)
  await rm(files.failed, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(files.results, formatJUnit(action, results, milliseconds))
  await writeFile(files.timings, formatTimings(results, milliseconds))
  await writeFile(files.log, results.map(formatLog).join(''))
  await writeFile(files.report, await formatReport(action, results, milliseconds))
  for (const { name, verdict, actual } of results) {
    if (actual === undefined || !('differences' in verdict)) continue
    await mkdir(path.join(files.failed, name), { recursive: true })
    await copyFile(actual, path.join(files.failed, name, path.basename(actual)))
  }
}
