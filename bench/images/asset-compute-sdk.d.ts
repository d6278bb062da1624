/** What of the SDK's lib/postprocessing/image.js its lib/worker.js calls, and the members of a rendition it looks at. */
declare module '@adobe/asset-compute-sdk/lib/postprocessing/image.js' {
  export interface PostProcessed {
    instructions: Record<string, unknown>
    originalInstructions: Record<string, unknown>
    path: string
    postProcess: boolean
  }

  /** The instructions for the worker's callback, where they are not those of the rendition. */
  export function prepareImagePostProcess(
    rendition: PostProcessed,
    options: object,
  ): Promise<Record<string, unknown> | undefined>

  export function needsImagePostProcess(
    rendition: PostProcessed,
    source: { extension: string },
  ): Promise<boolean>

  export function imagePostProcess(
    intermediate: PostProcessed,
    rendition: { instructions: Record<string, unknown>; path: string },
    directories: object,
  ): Promise<void>
}
