import * as z from 'zod/mini'
import { endpointUrl } from '../endpoint.ts'
import { oneOf, text } from '../one-of.ts'

const ACCOUNT = 'the name of a storage account'
const CONTAINER = 'the name of a container'

/** What `import/azure/blob` and `export/azure/blob` take. */
export const azureOptions = z
  .looseObject({
    /** It is part of a host name. */
    storage_account: z.string(ACCOUNT).check(z.regex(/^[a-z0-9]{3,24}$/, ACCOUNT)),
    storage_access_key: z.optional(
      z.string('a key in Base64').check(z.regex(/^[\w+/-]+={0,2}$/, 'a key in Base64')),
    ),
    sas_token: z.optional(text('a shared access signature')),
    /** Of an account that is not at Microsoft's, with the account's name in its path where it needs one. */
    endpoint: z.optional(
      text('the URL of a store').check(
        z.refine((endpoint) => endpointUrl(endpoint) !== undefined, 'the URL of a store'),
      ),
    ),
    container: z.string(CONTAINER).check(z.regex(/^\$?[a-z0-9-]{1,63}$/, CONTAINER)),
    blob: z.optional(text('the name of a blob')),
    blob_prefix: z.optional(z.string('what names of blobs begin with')),
    filename: z.optional(text('a file name')),
  })
  .check(oneOf('storage_access_key', 'sas_token'), oneOf('blob', 'blob_prefix'))

/** Checked options. */
export type AzureOptions = z.infer<typeof azureOptions>

/** Which of them nobody else may see. */
export const AZURE_SECRETS: readonly string[] = ['storage_access_key', 'sas_token']
