import { measureAcceptingJobs } from './jobs/accepting.ts'
import { measureConverting } from './jobs/converting.ts'
import { measureLargeFiles } from './jobs/large-files.ts'
import { measureListing } from './jobs/listing.ts'
import type { Finding } from './measure.ts'

/** The jobs API: how long a job takes over its picture, how fast jobs are accepted, and what lists and large files cost. */
export async function measureJobs(folder: string): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const measure of [
    measureConverting,
    measureAcceptingJobs,
    measureListing,
    measureLargeFiles,
  ]) {
    findings.push(await measure(folder))
  }
  return findings
}
