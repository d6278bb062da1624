import type { Insertable, Selectable } from 'kysely'
import { parseJson } from '../../../../base/json.ts'
import type { IpsTables } from '../ips-tables.ts'
import type { IpsJob, JobLine } from './ips-job.ts'

/** A line of a log as it is kept. */
export interface KeptJobLine extends JobLine {
  /** In milliseconds of the epoch. */
  readonly created: number
}

/** Reads a job as the database has it. */
export function readJobRow(row: Selectable<IpsTables['ips_jobs']>): IpsJob {
  return {
    number: row.number,
    company: row.company,
    name: row.name,
    kind: row.kind,
    details: parseJson(row.details),
    email: row.email,
    locale: row.locale ?? undefined,
    description: row.description ?? undefined,
    state: row.state,
    isPaused: row.is_paused === 1,
    submitted: row.submitted,
    execTime: row.exec_time ?? undefined,
    schedule: row.schedule ?? undefined,
    scheduledBy: row.scheduled_by ?? undefined,
    started: row.started ?? undefined,
    ended: row.ended ?? undefined,
    total: row.total,
    successes: row.successes,
    errors: row.errors,
    warnings: row.warnings,
    isFatal: row.is_fatal === 1,
  }
}

/** Reads a line of a log as the database has it, with the number of its job. */
export function readLineRow(row: Selectable<IpsTables['ips_job_details']>): {
  readonly job: number
  readonly line: KeptJobLine
} {
  const { job, type, message, created, asset, item, began, ended } = row
  const about = {
    number: asset ?? 0,
    name: row.asset_name ?? '',
    type: row.asset_type ?? '',
  }
  const line: KeptJobLine = {
    type,
    message,
    created,
    ...(asset !== null && { asset: about }),
    ...(item !== null && { item }),
    ...(began !== null && ended !== null && { spent: { start: began, end: ended } }),
  }
  return { job, line }
}

/** What the database has of a line, but for its place. */
export function writeLineRow(
  job: number,
  { type, message, asset, item, spent }: JobLine,
  now: number,
): Omit<Insertable<IpsTables['ips_job_details']>, 'position'> {
  return {
    job,
    type,
    message: toText(message),
    created: now,
    asset: asset?.number ?? null,
    asset_name: asset?.name ?? null,
    asset_type: asset?.type ?? null,
    item: item ?? null,
    began: spent?.start ?? null,
    ended: spent?.end ?? null,
  }
}

/** What somebody else has written may have a letter that not every database can keep. */
function toText(message: string): string {
  return message.replaceAll('\0', '\u{FFFD}')
}
