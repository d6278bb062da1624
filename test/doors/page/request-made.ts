import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { copyFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { getMimeType } from 'hono/utils/mime'
import { startRendering } from '../../../src/client/rendering.ts'
import type { ServiceClient } from '../../../src/client/service-client.ts'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import type { DevtoolRequest, KeptSource } from '../../../src/doors/page/api.ts'
import type { RequestFiles } from '../../../src/doors/page/requests/request-files.ts'

/** Requests of one rendition each, which a service has made, as the history of the page has them. */
export interface MadeRequests extends RequestFiles {
  /**
   * Has a rendition made.
   *
   * @param request - the source and further files by their paths
   */
  make: (
    client: ServiceClient,
    request: { source?: string; files?: readonly string[]; instructions: Instructions },
  ) => Promise<DevtoolRequest>
}

/** @param folder - for the renditions */
export function keepMadeRequests(folder: string): MadeRequests {
  const requests = new Map<string, DevtoolRequest>()
  return {
    request: (id) => requests.get(id),
    copySource: copyFile,
    copyRendition: (id, _position, file) => copyFile(path.join(folder, id), file),
    async make(client, { source, files = [], instructions }) {
      const id = randomUUID()
      const key = `${id}/rendition`
      const rendering = startRendering(client)
      const [{ event } = assert.fail('there is one rendition')] = await rendering.render({
        id,
        source:
          source === undefined
            ? undefined
            : {
                key: `${id}/source`,
                upload: source,
                name: path.basename(source),
                size: (await stat(source)).size,
              },
        files: new Map(
          files.map((file) => {
            const name = path.basename(file)
            return [`./${name}`, { key: `${id}/files/${name}`, upload: file }]
          }),
        ),
        renditions: [{ instructions, key }],
      })
      rendering.end()
      const created = event.type === 'rendition_created'
      if (created) await client.save(event, key, path.join(folder, id))
      const { errorReason: reason = '', errorMessage: message = '' } = event
      const type = String(event.metadata?.['dc:format'])
      const request: DevtoolRequest = {
        id,
        sentAt: 0,
        run: { id, position: 0, renditions: 1 },
        source: source === undefined ? undefined : sourceOf(source),
        files: files.map(sourceOf),
        renditions: [
          {
            instructions,
            state: created ? 'created' : 'failed',
            worker: '',
            spans: [],
            ...(created
              ? { file: { size: 0, type, shownAs: 'nothing' } }
              : { failure: { reason, message } }),
          },
        ],
        activations: [],
        body: {},
      }
      requests.set(id, request)
      return request
    },
  }
}

function sourceOf(file: string): KeptSource {
  return { id: file, name: path.basename(file), type: getMimeType(file) ?? '', size: 0 }
}
