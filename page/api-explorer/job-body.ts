import type { ApiDocument } from '../api-document/api-document.ts'
import { bodyOf, copyJob } from '../copy-as/copied-job.ts'
import { draftLanguage } from '../job-composer/draft-language.ts'
import { inspectDraft } from '../job-composer/draft.ts'
import { operationsOf } from '../job-composer/operations.ts'
import type { Language } from '../schema-form/language.ts'

/** A job that can be tried as it is. */
export const FIRST_JOB = JSON.stringify(
  {
    tasks: {
      page: { operation: 'import/raw', file: '<h1>Hello</h1>', filename: 'page.html' },
      text: { operation: 'convert', input: 'page', output_format: 'txt' },
      out: { operation: 'export/url', input: 'text' },
    },
  },
  undefined,
  2,
)

/** What is known of the body that creates a job: what the composer knows. */
export function jobBodyLanguage(document: ApiDocument, label: string): Language {
  return { ...draftLanguage(operationsOf(document)), label }
}

/** The body of a job without what is secret; as it is when it is no job. */
export function jobWithoutSecrets(body: string, document: ApiDocument): string {
  const read = inspectDraft(body, operationsOf(document))
  if (read.tasks === undefined) return body
  return JSON.stringify(bodyOf(copyJob(read, () => undefined)), undefined, 2)
}
