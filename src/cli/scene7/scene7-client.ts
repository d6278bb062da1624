import { openAsBlob } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { handleOfCompany } from '../../doors/scene7/upload/upload-params.ts'
import { parseXml, textOf } from '../../doors/scene7/upload/xml-element.ts'
import { typeOfName } from '../../sources/media-type.ts'
import { fetchFrom } from './fetch-from.ts'
import { type Scene7Access, writeAuthHeader, writeTexts } from './scene7-access.ts'

const listSchema = z.object({
  assets: z.array(
    z.object({
      name: z.string(),
      folder: z.string(),
      type: z.string(),
      file: z.optional(z.string()),
      size: z.optional(z.number()),
    }),
  ),
})

/** What the service tells of an asset. */
export type AssetLine = z.infer<typeof listSchema>['assets'][number]

/** A file that becomes an asset. */
export interface FileToAdd {
  readonly file: string
  /** In which folder of the company, without slashes at its ends. */
  readonly folder: string
}

/** The assets of one company in a service that runs. */
export interface Scene7Client {
  /**
   * Begins an upload, which files belong to.
   *
   * @returns its handle
   * @throws {Error} one sentence with what the service says, such as that the password is wrong
   */
  readonly beginUpload: () => Promise<string>
  /** Uploads a file, in the memory of a piece of it, however large it is; throws as `beginUpload` does. */
  readonly upload: (jobHandle: string, file: FileToAdd) => Promise<void>
  readonly endUpload: (jobHandle: string) => Promise<void>
  readonly list: () => Promise<readonly AssetLine[]>
  readonly remove: (name: string) => Promise<void>
}

/** Makes a client of the uploads and the list of assets. */
export function createScene7Client(access: Scene7Access): Scene7Client {
  const { origin, user, password, company } = access

  async function post(params: Readonly<Record<string, string>>, file?: string): Promise<string> {
    const form = new FormData()
    form.set('auth', writeAuthHeader(access))
    const companyHandle = handleOfCompany(company)
    form.set('uploadParams', writeTexts('uploadPostParam', { companyHandle, ...params }))
    if (file !== undefined) {
      form.set('file', await openAsBlob(file, { type: typeOfName(file) }), path.basename(file))
    }
    const response = await fetchFrom(origin, '/scene7/UploadFile', { method: 'POST', body: form })
    return readHandle(response.status, await response.text())
  }

  async function ask(method: string, target: string): Promise<string> {
    const basic = Buffer.from(`${user}:${password}`).toString('base64')
    const response = await fetchFrom(origin, `/scene7/assets/${target}`, {
      method,
      headers: { authorization: `Basic ${basic}` },
    })
    const text = await response.text()
    if (response.ok) return text
    throw new Error(sentenceOf(response, text))
  }

  const encoded = encodeURIComponent(company)
  return {
    beginUpload: () => post({ jobName: `assets-${Date.now()}` }),
    async upload(jobHandle, { file, folder }) {
      await post({ jobHandle, destFolder: `${company}/${folder}` }, file)
    },
    async endUpload(jobHandle) {
      await post({ jobHandle, endJob: 'true' })
    },
    list: async () => listSchema.parse(parseJson(await ask('GET', encoded))).assets,
    async remove(name) {
      await ask('DELETE', `${encoded}/${name.split('/').map(encodeURIComponent).join('/')}`)
    },
  }
}

/** @throws {Error} with the reason of a fault */
function readHandle(status: number, text: string): string {
  const answer = text.startsWith('<?xml') ? parseXml(text) : undefined
  const handle = answer && textOf(answer, 'jobHandle')
  if (handle !== undefined) return handle
  const reason = answer && textOf(answer, 'reason')
  throw new Error(
    reason ?? `The service takes no uploads: it answered ${status} to /scene7/UploadFile.`,
  )
}

/** What a service has answered; one without Image Serving has no text of this kind. */
function sentenceOf({ status, headers }: Response, text: string): string {
  return (headers.get('content-type') ?? '').startsWith('text/plain')
    ? text.trim()
    : `The service has no list of assets: it answered ${status}.`
}
