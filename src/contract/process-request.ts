import * as z from 'zod/mini'
import { isFormatName } from './format-name.ts'

/**
 * The body of `POST /process`, as the Asset Compute HTTP API documents it ("Process request JSON", "Source object
 * fields", "Rendition instructions"). Fields the page does not name are passed on untouched, since a custom worker may
 * understand them; so every object here is a loose one.
 */

const anyUrl = z
  .string({ error: 'an absolute URL' })
  .check(z.refine((text) => URL.canParse(text), { error: 'an absolute URL' }))

const httpsUrl = z
  .string({ error: 'an https:// URL' })
  .check(z.refine((text) => URL.parse(text)?.protocol === 'https:', { error: 'an https:// URL' }))

const bytes = (error: string) => z.int({ error }).check(z.nonnegative({ error }))
const partSize = bytes('a whole number of bytes, 0 or more')

const formatSchema = z.string({ error: 'a format such as "png"' }).check(
  // An empty one is told by the worker as one that is missing.
  z.refine((text) => text === '' || isFormatName(text), {
    error: 'a format such as "png", in letters and digits',
  }),
)

/** Schema of `userData`: what the client gets back in every event about its rendition, unread. */
export const userDataSchema = z.record(z.string(), z.unknown(), { error: 'an object' })

/** Schema of `source`. */
export const sourceSchema = z.union(
  [
    anyUrl,
    z.looseObject(
      {
        url: anyUrl,
        name: z.optional(z.string({ error: 'a file name' })),
        size: z.optional(bytes('a whole number of bytes, 0 or more')),
        mimetype: z.optional(z.string({ error: 'a MIME type such as "image/jpeg"' })),
      },
      { error: 'an object with a url' },
    ),
  ],
  { error: 'an absolute URL or an object with a url' },
)

const target = z.union(
  [
    anyUrl,
    z.looseObject(
      {
        urls: z
          .array(anyUrl, { error: 'an array of URLs, one a part' })
          .check(z.minLength(1, { error: 'an array of at least one URL, one a part' })),
        minPartSize: z.optional(partSize),
        maxPartSize: z.optional(partSize),
      },
      { error: 'an object with urls' },
    ),
  ],
  { error: 'an absolute URL or an object with urls, minPartSize and maxPartSize' },
)

/** Schema of one entry of `renditions`. */
export const requestedRenditionSchema = z
  .looseObject(
    {
      name: z.optional(z.string({ error: 'a file name' })),
      fmt: z.optional(formatSchema),
      worker: z.optional(httpsUrl),
      target,
      userData: z.optional(userDataSchema),
    },
    { error: 'an object with a target and either fmt or worker' },
  )
  .check(
    z.refine(({ fmt, worker }) => fmt !== undefined || worker !== undefined, {
      error: 'a format such as "png", unless the rendition names a worker',
      path: ['fmt'],
    }),
  )

/** Schema of the body of `POST /process`. */
export const processRequestSchema = z.looseObject(
  {
    source: z.nullish(sourceSchema),
    renditions: z
      .array(requestedRenditionSchema, { error: 'an array of renditions' })
      .check(z.minLength(1, { error: 'an array of at least one rendition' })),
    userData: z.optional(userDataSchema),
  },
  { error: 'a JSON object with source and renditions' },
)

/** A valid `POST /process` body. */
export type ProcessRequest = z.infer<typeof processRequestSchema>

/** One entry of `renditions`: the instructions, where to put the result, and whatever else the client wrote into it. */
export type RequestedRendition = z.infer<typeof requestedRenditionSchema>

/** The `source` of a request. */
export type RequestedSource = z.infer<typeof sourceSchema>
