import type { Composition, Content, Layer, Mask } from '../engine/layers/composition.ts'
import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { COMMANDS } from './commands/commands.ts'
import { valueOf } from './commands/value-of.ts'
import { readLayer, readTreatment } from './read-layer.ts'
import { readView } from './read-view.ts'
import { MissingObjectError, RequestError } from './request-error.ts'
import { type Segment, type Settings, type SortedCommands, sortCommands } from './sort-commands.ts'
import { decodeValue } from './syntax/decode-value.ts'
import {
  expandMacros,
  expandVariables,
  type PlainCommand,
  type Variables,
} from './syntax/expand-commands.ts'
import { readFlow } from './text/read-flow.ts'
import { readText } from './text/read-text.ts'
import { toRgba } from './to-rgba.ts'

/** A request whose commands are in their places: what it shows, and what is left to say of it. */
export interface ComposedRequest {
  readonly composition: Composition
  /** The commands of the request and the view, for whoever encodes and answers. */
  readonly settings: Settings
  readonly ignored: SortedCommands['ignored']
  /** All commands as they count, in their order, with macros and variables put in. */
  readonly commands: readonly PlainCommand[]
}

/** What requests within requests know of those around them. */
interface Nesting {
  readonly catalogue: Catalogue
  readonly variables: Variables
  readonly depth: number
  readonly seed: number
}

const DEEPEST_REQUEST = 8

/** What counts in no nested request (r-request-nesting-and-embedding). */
const OUTERMOST_ONLY = new Set(['fmt', 'qlt', 'iccembed', 'printres', 'quantize', 'req', 'bgc'])

/**
 * Reads a request: commands of the asset, then those of the request, then those that hold whatever it says.
 *
 * @param object - what the path names, decoded; empty for none
 * @param query - the target behind its `?`, as it was sent
 * @throws {@link RequestError} when it cannot be answered, {@link MissingObjectError} when something is not there
 */
export function composeRequest(
  { object, query }: { readonly object: string; readonly query: string },
  catalogue: Catalogue,
): ComposedRequest {
  const seed = seedOf(`${object}?${query}`)
  return compose({ object, query }, { catalogue, variables: new Map(), depth: 0, seed })
}

/** Equal requests have equal noise. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  }
  return hash
}

function compose(
  { object, query }: { readonly object: string; readonly query: string },
  { catalogue, variables: outer, depth, seed }: Nesting,
): ComposedRequest {
  if (depth > DEEPEST_REQUEST) {
    throw new RequestError(`Requests are nested more than ${DEEPEST_REQUEST} deep.`, 'src')
  }
  const { findMacro } = catalogue
  const asked = expandMacros(query, findMacro)
  const known = new Map([...outer, ...(object === '' ? [] : [['object', object] as const])])
  const given = expandVariables(asked, known)
  const template = templateOf(given.commands)
  const entry = findEntry(template ?? object, catalogue)
  const before = expandMacros(entry?.modifier ?? '', findMacro)
  // What a request defines goes before what a template does.
  const defaults = expandVariables(before, known).variables
  const variables = new Map([...defaults, ...given.variables])
  const after = template === undefined ? entry?.postModifier : undefined
  const commands = [
    ...withVariables(before, variables),
    // Behind the commands of a template its layers are not open any more.
    { name: 'layer', value: 'comp' },
    ...expandVariables(asked, new Map([...known, ...defaults])).commands,
    ...withVariables(expandMacros(after ?? '', findMacro), variables),
  ].filter(({ name }) => depth === 0 || !OUTERMOST_ONLY.has(name.toLowerCase()))
  const sorted = sortCommands(commands)
  const nesting = { catalogue, variables, depth, seed }
  const shown = template === undefined ? entry : undefined
  return {
    composition: {
      layers: readLayers(sorted, shown, nesting),
      composite: readTreatment(sorted.composite, seed),
      view: readView(sorted.request, depth === 0 ? catalogue.attributes : undefined),
    },
    settings: sorted.request,
    ignored: sorted.ignored,
    commands,
  }
}

function withVariables(
  pieces: ReturnType<typeof expandMacros>,
  variables: Variables,
): readonly PlainCommand[] {
  // Definitions among them count already, and must not count again.
  return expandVariables(
    pieces.filter(({ kind }) => kind === 'command'),
    variables,
  ).commands
}

function templateOf(commands: readonly PlainCommand[]): string | undefined {
  const last = commands.findLast(({ name }) => name.toLowerCase() === 'template')
  return last?.value === undefined || last.value === '' ? undefined : decodeValue(last.value)
}

function findEntry(object: string, catalogue: Catalogue): CatalogueEntry | undefined {
  if (object === '') return undefined
  const entry = catalogue.find(object)
  if (!entry) throw new MissingObjectError(object)
  return entry
}

function readLayers(
  { layers }: SortedCommands,
  shown: CatalogueEntry | undefined,
  nesting: Nesting,
): readonly [Layer, ...Layer[]] {
  const empty: Segment = { settings: new Map(), effects: new Map() }
  const [first, ...others] = [[0, layers.get(0) ?? empty] as const, ...sortedLayers(layers)]
  const [, bottom] = first
  return [
    readLayer(bottom, contentOf(0, bottom.settings, shown, nesting), nesting.seed),
    ...others.map(([number, segment]) =>
      readLayer(segment, contentOf(number, segment.settings, undefined, nesting), nesting.seed),
    ),
  ]
}

function sortedLayers(
  layers: ReadonlyMap<number, Segment>,
): readonly (readonly [number, Segment])[] {
  return [...layers].filter(([number]) => number > 0).toSorted(([a], [b]) => a - b)
}

/** Of `src` and `text` the last one counts; without either it is a colour, or in layer 0 the asset of the path. */
function contentOf(
  number: number,
  settings: Settings,
  shown: CatalogueEntry | undefined,
  nesting: Nesting,
): Content {
  const mask = maskOf(settings, nesting)
  const decisive = [...settings.keys()].findLast((name) => name === 'src' || name === 'text')
  if (decisive === 'src') return pictureOf(settings, mask, nesting)
  if (decisive === 'text')
    return { kind: 'text', text: readText(settings), flow: readFlow(settings) }
  if (shown) return { kind: 'picture', object: shown.object, resolution: shown.resolution, mask }
  const colour = valueOf(settings, COMMANDS.color)
  if (!colour) {
    throw new RequestError(
      `Layer ${number} shows nothing: it needs src=, text= or color=.`,
      'layer',
    )
  }
  return { kind: 'colour', colour: toRgba(colour), mask }
}

function pictureOf(settings: Settings, mask: Mask | undefined, nesting: Nesting): Content {
  const named = sourceOf('src', valueOf(settings, COMMANDS.src) ?? '', nesting)
  if (named.kind === 'composition') return { ...named, mask }
  const { entry } = named
  // What is kept with an asset is made before anything else is done to it.
  if (entry.modifier !== undefined && entry.modifier !== '') {
    const request = { object: entry.object, query: '' }
    const { composition } = compose(request, { ...nesting, depth: nesting.depth + 1 })
    return { kind: 'composition', composition, mask }
  }
  return { kind: 'picture', object: entry.object, resolution: entry.resolution, mask }
}

function maskOf(settings: Settings, nesting: Nesting): Mask | undefined {
  const value = valueOf(settings, COMMANDS.mask)
  if (value === undefined) return undefined
  const named = sourceOf('mask', value, nesting)
  return named.kind === 'composition' ? named : { kind: 'picture', object: named.entry.object }
}

type NamedSource =
  | { readonly kind: 'entry'; readonly entry: CatalogueEntry }
  | { readonly kind: 'composition'; readonly composition: Composition }

/** What `src` or `mask` names: an asset, or a request in `is()` or `is{}`. */
function sourceOf(command: string, value: string, nesting: Nesting): NamedSource {
  const { prefix, within = '' } =
    /^(?<prefix>\w*)(?:\((?<within>.*)\)|\{(?<within>.*)\})$/s.exec(value)?.groups ?? {}
  if (prefix === undefined) {
    const entry = nesting.catalogue.find(value)
    if (!entry) throw new MissingObjectError(value)
    return { kind: 'entry', entry }
  }
  if (prefix !== 'is') {
    throw new RequestError(refusalOf(command, prefix), command)
  }
  const at = within.indexOf('?')
  const request = {
    object: decodeValue(at === -1 ? within : within.slice(0, at)),
    query: at === -1 ? '' : within.slice(at + 1),
  }
  const { composition } = compose(request, { ...nesting, depth: nesting.depth + 1 })
  return { kind: 'composition', composition }
}

function refusalOf(command: string, prefix: string): string {
  if (prefix === '')
    return `${command} must not name another server: upload its picture as an asset.`
  if (prefix === 'ir') return `${command}=ir(…) asks for Image Rendering, which is not here.`
  return `${command}=${prefix}(…) is not here: is(…) is for requests of Image Serving.`
}
