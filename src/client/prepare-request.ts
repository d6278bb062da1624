import { nameUrl } from '../base/redact.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { replaceTexts } from '../contract/instructions/named-files.ts'
import { createQueue } from '../tasks/queue.ts'
import type { Objects } from './objects.ts'
import { markPosition } from './rendition-mark.ts'

/** Files that are uploaded, and URLs that are asked for, at a time. */
const CALLS_AT_ONCE = 16

/** A file that is needed to make renditions. */
export interface InputFile {
  /** Where in the storage it is, or is put. */
  readonly key: string
  /** A file of this machine that is put there first; undefined when it is there. */
  readonly upload?: string
}

/** What is to be made of what, before anything has a URL. */
export interface RenderRequest {
  /** The `requestId`, by which its events are known. */
  readonly id: string
  /** What all renditions are made of; undefined for none, as for an archive. */
  readonly source:
    | (InputFile & {
        readonly name: string
        /** In bytes. */
        readonly size: number
        /** Its media type. */
        readonly type?: string | undefined
      })
    | undefined
  /** What texts within the instructions stand for: further files, or the URLs of such. */
  readonly files: ReadonlyMap<string, InputFile | URL>
  readonly renditions: readonly {
    readonly instructions: Instructions
    /** Where in the storage it is to be. */
    readonly key: string
  }[]
}

/** The body of `POST /process`. */
export interface ProcessBody {
  readonly source?: {
    readonly url: string
    readonly name: string
    readonly size: number
    readonly mimetype?: string
  }
  readonly renditions: readonly Instructions[]
}

/** A request that can be sent. */
export interface PreparedRequest {
  /** What is to be sent: each rendition has the mark by which its event is known. */
  readonly body: ProcessBody
  /** The same for people to see: without marks, and URLs without what opens them. */
  readonly shown: ProcessBody
}

interface RequestUrls {
  readonly source: string | undefined
  readonly files: ReadonlyMap<string, string>
  /** One for each rendition. */
  readonly targets: readonly string[]
}

/**
 * Gets a request ready to be sent: uploads its files, and gets a URL for each of them and for each rendition.
 *
 * @throws what the storage refuses
 */
export async function prepareRequest(
  storage: Pick<Objects, 'put' | 'readUrl' | 'targetUrl'>,
  request: RenderRequest,
): Promise<PreparedRequest> {
  const queue = createQueue(CALLS_AT_ONCE)
  // Instructions may name a file in several ways.
  const known = new Map<string, Promise<string>>()
  function urlOf({ key, upload }: InputFile): Promise<string> {
    const url =
      known.get(key) ??
      queue.run(0, async () => {
        if (upload !== undefined) await storage.put(key, upload)
        return storage.readUrl(key)
      })
    known.set(key, url)
    return url
  }

  const [source, files, targets] = await Promise.all([
    request.source && urlOf(request.source),
    Promise.all(
      Array.from(
        request.files,
        async ([text, file]) =>
          [text, file instanceof URL ? file.href : await urlOf(file)] as const,
      ),
    ),
    Promise.all(request.renditions.map(({ key }) => queue.run(0, () => storage.targetUrl(key)))),
  ])
  const urls = { source, files: new Map(files), targets }
  const { renditions, ...body } = toProcessBody(request, urls)
  return {
    body: { ...body, renditions: renditions.map(markPosition) },
    shown: toProcessBody(request, withoutSignatures(urls)),
  }
}

function toProcessBody(
  { source, renditions }: RenderRequest,
  { source: url, files, targets }: RequestUrls,
): ProcessBody {
  return {
    ...(source !== undefined &&
      url !== undefined && {
        source: {
          url,
          name: source.name,
          size: source.size,
          ...(source.type !== undefined && { mimetype: source.type }),
        },
      }),
    renditions: renditions.map(({ instructions }, position) => ({
      ...replaceTexts(instructions, (text) => files.get(text) ?? text),
      target: targets[position],
    })),
  }
}

function withoutSignatures({ source, files, targets }: RequestUrls): RequestUrls {
  return {
    source: source && nameUrl(source),
    files: new Map(Array.from(files, ([text, url]) => [text, nameUrl(url)])),
    targets: targets.map(nameUrl),
  }
}
