import * as z from 'zod/mini'
import { oneOf, text } from '../one-of.ts'

const CONTAINER = 'the name of a container'
const AUTH_URL = "the URL of Keystone's API v3"

/** What `import/openstack` and `export/openstack` take. */
export const openstackOptions = z
  .looseObject({
    auth_url: text(AUTH_URL).check(
      z.refine(
        (url) => /^https?:/.test(url) && !/\/v2\.0\/?$/.test(url) && URL.canParse(url),
        AUTH_URL,
      ),
    ),
    username: text('the name of a user'),
    password: text('a password'),
    /** The domain of the user and of the tenant; `Default` unless given. */
    domain_name: z.optional(text('the name of a domain')),
    /** The project in which the container is; that of the user unless given. */
    tenant_name: z.optional(text('the name of a tenant')),
    tenant_id: z.optional(text('the id of a tenant')),
    region: text('a region'),
    container: text(CONTAINER).check(z.regex(/^[^/]{1,256}$/, CONTAINER)),
    file: z.optional(text('the name of an object')),
    file_prefix: z.optional(z.string('what names of objects begin with')),
    filename: z.optional(text('a file name')),
  })
  .check(oneOf('file', 'file_prefix'))

/** Checked options. */
export type OpenstackOptions = z.infer<typeof openstackOptions>

/** Which of them nobody else may see. */
export const OPENSTACK_SECRETS: readonly string[] = ['password']
