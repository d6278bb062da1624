import type { Encoding } from '../engine/layers/encoding.ts'
import type { Catalogue } from './catalogue.ts'
import { COMMANDS } from './commands/commands.ts'
import { valueOf } from './commands/value-of.ts'
import { type ComposedRequest, composeRequest } from './compose-request.ts'
import { readEncoding } from './read-view.ts'
import { MissingObjectError } from './request-error.ts'
import { SERVED_FORMATS } from './served-formats.ts'
import { sortCommands } from './sort-commands.ts'
import { expandMacros, expandVariables } from './syntax/expand-commands.ts'
import { findWithoutEffect } from './without-effect.ts'

/** What a request of Image Serving asks for. */
export interface ImageRequest extends ComposedRequest {
  /** What `req` says, in small letters: `img`, `props`, … */
  readonly kind: string
  readonly options: readonly string[]
  /** Without the XMP, which only whoever has the file can put into it. */
  readonly encoding: Encoding
  readonly embedXmp: boolean
  readonly mediaType: string
  /** Whether the picture of `defaultImage` is shown in place of what is not there. */
  readonly isDefault: boolean
}

/** What names a picture: the path below `/is/image`, decoded, and the query as it was sent. */
export interface RequestTarget {
  readonly object: string
  readonly query: string
}

/**
 * Reads a request, and takes the default image where something is not there (r-is-http-defaultimage).
 *
 * @throws {@link RequestError} when it cannot be answered, {@link MissingObjectError} when something is not there
 */
export function readImageRequest(target: RequestTarget, catalogue: Catalogue): ImageRequest {
  try {
    return finish(composeRequest(target, catalogue), catalogue, false)
  } catch (error) {
    if (!(error instanceof MissingObjectError)) throw error
    const replaced = replaceMissing(target, catalogue)
    if (!replaced) throw error
    return finish(composeRequest(replaced.target, replaced.catalogue), catalogue, true)
  }
}

function finish(composed: ComposedRequest, catalogue: Catalogue, isDefault: boolean): ImageRequest {
  const encoding = readEncoding(composed.settings, catalogue)
  const { kind, options } = valueOf(composed.settings, COMMANDS.req) ?? { kind: 'img', options: [] }
  return {
    ...composed,
    ignored: [...composed.ignored, ...findWithoutEffect(composed.settings)],
    kind: kind.toLowerCase(),
    options,
    encoding,
    embedXmp: valueOf(composed.settings, COMMANDS.xmpEmbed) ?? false,
    mediaType: SERVED_FORMATS[encoding.format].mediaType,
    isDefault,
  }
}

/** In mode 0 the default image replaces all of the request, but for these commands. */
const KEPT = new Set(['wid', 'hei', 'fmt', 'qlt'])

function replaceMissing(
  { object, query }: RequestTarget,
  catalogue: Catalogue,
): { readonly target: RequestTarget; readonly catalogue: Catalogue } | undefined {
  const { commands } = expandVariables(expandMacros(query, catalogue.findMacro), new Map())
  const { request } = sortCommands(commands)
  const { kind } = valueOf(request, COMMANDS.req) ?? { kind: 'img' }
  const { attributes } = catalogue
  const name = valueOf(request, COMMANDS.defaultImage) ?? attributes.defaultImage ?? ''
  const entry = name === '' ? undefined : catalogue.find(name)
  if (!entry || !/^(?:img|tmb)$/i.test(kind)) return undefined
  if (attributes.defaultImageMode === 1) {
    const find = (each: string) => catalogue.find(each) ?? entry
    return { target: { object, query }, catalogue: { ...catalogue, find } }
  }
  const kept = commands.filter((each) => KEPT.has(each.name.toLowerCase()))
  const written = kept.map(({ name: each, value = '' }) => `${each}=${value}`).join('&')
  return { target: { object: entry.object, query: written }, catalogue }
}
