import * as z from 'zod/mini'
import { nameUrl } from '../../base/redact.ts'
import { FetchError } from '../../fetching/fetched-file.ts'
import { openWire } from '../http/wire.ts'
import { readXml } from '../http/xml.ts'
import { readPart } from '../parts.ts'
import { telling } from '../peer-error.ts'
import type { ExportPeer } from '../peer.ts'
import { secretsOf } from '../secrets.ts'
import { sentHeaders, URL_SECRETS, uploadOptions } from './url-options.ts'

/** Files to a URL that takes them by PUT, such as a presigned one. A redirect is a refusal: what is sent is for this URL. */
export const uploadExport: ExportPeer = {
  options: uploadOptions,
  secrets: URL_SECRETS,
  async put(given, file, context) {
    const { url, headers } = z.parse(uploadOptions, given)
    const wire = openWire(
      {
        sign: (call) => call.headers ?? {},
        reasonOf({ text }) {
          const xml = readXml(text)
          return { code: xml.text('Code'), message: xml.text('Message') }
        },
      },
      context,
    )
    const tell = {
      what: `“${file.name}” could not be uploaded to ${nameUrl(url)}`,
      secrets: secretsOf(given, ['headers']),
    }
    try {
      await telling(tell, async () => {
        const target = URL.parse(url)
        if (target === null) throw new FetchError('it is no https: URL')
        const { size, contentType } = file
        await wire.ask({
          method: 'PUT',
          url: target,
          headers: {
            'content-type': contentType,
            ...sentHeaders(headers),
            'content-length': String(size),
          },
          body: () => readPart(file, { start: 0, size }, context.progress),
        })
      })
    } finally {
      wire.close()
    }
  },
}
