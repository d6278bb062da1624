import * as z from 'zod/mini'
import { toFileName } from '../../../base/file-name.ts'
import { isWebUrl } from '../../../base/web-url.ts'
import { typeOfName } from '../tasks/task-files.ts'
import { type Transfer, transferring, type UploadOperation } from './operation.ts'
import { COMMON_OPTIONS, optional } from './task-options.ts'

const NAME = 'the name of the file, such as "photo.jpg"'

const filename = z
  .string({ error: NAME })
  .check(z.refine((name) => toFileName(name) !== undefined, { error: NAME }))

/** Waits for a file from its client, see the upload routes. */
export const IMPORT_UPLOAD: UploadOperation = {
  kind: 'upload',
  name: 'import/upload',
  inputs: 'none',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    redirect: optional(
      z.string({ error: 'an absolute URL' }).check(
        z.refine(isWebUrl, {
          error: 'an absolute http: or https: URL',
        }),
      ),
    ),
  }),
  secrets: [],
}

const BASE64 = 'a file in base64'

/** Takes a file out of the request, in base64. */
export const IMPORT_BASE64 = transferring({
  name: 'import/base64',
  inputs: 'none',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    file: z
      .string({ error: BASE64 })
      .check(z.regex(/^(data:[^,]*;base64,)?[\w+/\s-]+=*\s*$/, { error: BASE64 })),
    filename,
  }),
  run: ({ file, filename: name }, transfer) =>
    storeBytes(transfer, name, Buffer.from(file.replace(/^data:[^,]*,/, ''), 'base64')),
})

/** Takes a file out of the request, as text. */
export const IMPORT_RAW = transferring({
  name: 'import/raw',
  inputs: 'none',
  options: z.looseObject({
    ...COMMON_OPTIONS,
    file: z.string({ error: 'the text of a file' }),
    filename,
  }),
  run: ({ file, filename: name }, transfer) => storeBytes(transfer, name, Buffer.from(file)),
})

async function storeBytes({ store }: Transfer, name: string, bytes: Buffer) {
  const content = (async function* once() {
    yield bytes
  })()
  return { files: [await store({ name, contentType: typeOfName(name), content })] }
}
