/**
 * The parts of `@adobe/asset-compute-sdk` 4.6.2 that this project uses. The package brings no types; these are read off
 * its lib/api.js, lib/worker.js and of @adobe/asset-compute-pipeline lib/rendition.js and lib/asset.js.
 */
declare module '@adobe/asset-compute-sdk' {
  /** The source of a request, downloaded. */
  export interface Source {
    /** The file, such as `/…/work/<activation>/in/source.jpg`. */
    readonly path: string
    /** `source`, with the extension of the name that the request gives it, of its URL or of its media type. */
    readonly name: string
    readonly url: string
    /** The media type that the request says it has. */
    readonly type: string | undefined
  }

  /** A rendition that the callback has to write. */
  export interface Rendition {
    /**
     * The rendition's entry of `params.renditions`, unless the SDK changed its fmt (see
     * {@link WorkerOptions.supportedRenditionFormats}). When the request gave no `fmt`, the SDK puts one here that it
     * derives from `type`, or false.
     */
    readonly instructions: Record<string, unknown>
    /** Where in `params.renditions` this rendition stands, from 0. */
    readonly index: number
    /** The folder of all renditions of this activation. */
    readonly directory: string
    /** `rendition<index>.<fmt>` in that folder: the file to write. */
    readonly path: string
    readonly name: string
    /** Set to true to have the file post-processed: by the SDK with ImageMagick and exiftool, which must then be installed. */
    postProcess?: boolean
    /** Where the SDK uploads the file: the `target` of the instructions; nowhere when there is none. */
    target?: unknown
    /** Whether the event will have the file in it, so that it is not uploaded; by `embedBinaryLimit`. */
    shouldEmbedInIOEvent(): boolean
    /** The media type, with the charset of a text. */
    contentType(): Promise<string>
    /** What the event says of the file, such as how many bytes it has; asked when it is uploaded. */
    metadata(): Promise<Record<string, unknown>>
    /** The SHA-1 of the file, in hexadecimal digits; null of one without bytes. */
    sha1(): Promise<string | null>
    /** Sets the type that upload and event carry; without it the SDK runs the `file` command to find out. */
    setContentType(mediaType: string, encoding: string): Promise<void>
  }

  /** What an activation is called with, as far as a callback may want to read it. */
  export interface WorkerParams {
    readonly renditions: readonly Record<string, unknown>[]
    readonly requestId?: string
    /** The inputs of the action in manifest.yml. */
    readonly [input: string]: unknown
  }

  /** Makes one rendition; called for one after the other, each uploaded before the next. */
  export type RenditionCallback = (
    /** Missing when the request has none. */
    source: Source | undefined,
    rendition: Rendition,
    params: WorkerParams,
  ) => Promise<void>

  export interface WorkerOptions {
    /**
     * The formats the callback writes itself (undocumented). The default is `['png']`, with which the SDK makes every
     * jpg, webp, gif and tiff a PNG without a word.
     */
    supportedRenditionFormats?: readonly string[]
    /** Leaves the file of the source to the callback; a data URL it uploads somewhere then. */
    disableSourceDownload?: boolean
    /** Says of each rendition, once its callback has returned, whether the SDK passes its upload over. */
    disableRenditionUpload?: boolean
  }

  /** The `main` of an action. */
  export type Action = (params: object) => Promise<unknown>

  export function worker(callback: RenditionCallback, options?: WorkerOptions): Action

  /** An error of the service; `location` is a short text to search logs for. */
  export class GenericError extends Error {
    readonly location: string | undefined
    constructor(message: string, location?: string)
  }

  /** An error of the request; its `reason` becomes the `errorReason` of the event. */
  export class ClientError extends Error {
    readonly reason: string
    constructor(message: string, name: string, reason: string)
  }

  export class SourceFormatUnsupportedError extends ClientError {
    constructor(message: string)
  }

  export class RenditionFormatUnsupportedError extends ClientError {
    constructor(message: string)
  }

  export class SourceUnsupportedError extends ClientError {
    constructor(message: string)
  }

  export class SourceCorruptError extends ClientError {
    constructor(message: string)
  }

  export class RenditionTooLarge extends ClientError {
    constructor(message: string)
  }
}
