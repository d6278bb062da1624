import type { Job, KnownJob, Status } from './job.ts'

/** Which jobs are listed. */
export interface JobFilter {
  /** Empty for all. */
  readonly status: Status | ''
  /** Exactly this one; empty for all. */
  readonly tag: string
  /** What is in the title, the tag, an id, or the name or operation of a task. */
  readonly text: string
}

/** What the page knows of jobs. */
export interface JobsState {
  /** As lists and updates have told, newest first. */
  readonly known: readonly Job[]
  readonly filter: JobFilter
  /** How far the list has been asked for; undefined until it was. */
  readonly listed?:
    | { readonly pages: number; readonly more: boolean; readonly end: string | undefined }
    | undefined
  /** Whether a page of the list is on its way. */
  readonly loading?: boolean | undefined
  /** Why the list could not be had. */
  readonly problem?: string | undefined
  /** The job that was looked at last, with all that is known of it. */
  readonly detail?: KnownJob | undefined
  /** The job that was asked for last and could not be had, and why. */
  readonly missing?: { readonly id: string; readonly why: string } | undefined
}

/** What is known of jobs at first. */
export const NO_JOBS: JobsState = { known: [], filter: { status: '', tag: '', text: '' } }
