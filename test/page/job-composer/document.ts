import { apiDocumentSchema } from '../../../page/api-document/api-document.ts'
import { operationsOf } from '../../../page/job-composer/operations.ts'
import { openApiOf } from '../../../src/doors/jobs/api/openapi.ts'
import { OPERATIONS } from '../../../src/doors/jobs/operations/operations.ts'

/** The document of the jobs API, as the page gets it. */
export const DOCUMENT = apiDocumentSchema.parse(
  JSON.parse(
    JSON.stringify(openApiOf({ operations: OPERATIONS, origin: 'https://darkroom.test' })),
  ),
)

/** What the page finds in it. */
export const COMPOSED = operationsOf(DOCUMENT)
