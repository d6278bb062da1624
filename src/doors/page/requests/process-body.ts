import { nameUrl } from '../../../base/redact.ts'
import { replaceTexts } from '../../../cases/named-files.ts'
import type { Instructions, SourceFile } from '../api.ts'
import { type PlannedRequest, referTo } from './request-plan.ts'

/** Where the sources of a request are, and where its renditions go. */
export interface RequestUrls {
  /** By the ids of the sources. */
  readonly read: ReadonlyMap<string, string>
  /** One for each rendition. */
  readonly targets: readonly string[]
}

/** The body of `POST /process`. */
export interface ProcessBody {
  source?: { url: string | undefined; name: string; size: number; mimetype: string }
  renditions: Instructions[]
}

/** Writes the body of `POST /process` for a request. */
export function toProcessBody(
  { source, files, renditions }: PlannedRequest,
  urls: RequestUrls,
): ProcessBody {
  const urlOf = (file: SourceFile) => urls.read.get(file.id)
  const named = new Map(files.map((file) => [referTo(file), urlOf(file)]))
  return {
    ...(source !== undefined && {
      source: { url: urlOf(source), name: source.name, size: source.size, mimetype: source.type },
    }),
    renditions: renditions.map((instructions, position) => ({
      ...replaceTexts(instructions, (text) => named.get(text) ?? text),
      target: urls.targets[position],
    })),
  }
}

/** The same URLs without their signatures. */
export function unsigned({ read, targets }: RequestUrls): RequestUrls {
  return {
    read: new Map(Array.from(read, ([id, url]) => [id, nameUrl(url)])),
    targets: targets.map(nameUrl),
  }
}
