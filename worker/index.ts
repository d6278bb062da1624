/**
 * `darkroom-worker`: what a worker of Asset Compute is written with that needs neither ImageMagick nor ExifTool nor `file`. What
 * makes its pictures is the engine of Darkroom.
 */
export type {
  Action,
  Rendition,
  RenditionCallback,
  Source,
  WorkerParams,
} from '@adobe/asset-compute-sdk'
export {
  ClientError,
  GenericError,
  RenditionFormatUnsupportedError,
  RenditionTooLarge,
  SourceCorruptError,
  SourceFormatUnsupportedError,
  SourceUnsupportedError,
} from '@adobe/asset-compute-sdk'
export { flag, number, wholeNumber } from '../src/contract/text-values.ts'
export { worker } from '../src/sdk/custom-worker.ts'
export { readParameters } from '../src/sdk/parameters.ts'
