import {
  GenericError,
  RenditionFormatUnsupportedError,
  RenditionTooLarge,
  SourceCorruptError,
  SourceFormatUnsupportedError,
  SourceUnsupportedError,
} from '@adobe/asset-compute-sdk'
import type { FailureCode, Reason } from '../base/errors.ts'
import { OperationError, type OptionNames } from '../base/operation-error.ts'
import { RenditionError } from './rendition-error.ts'

/** Adobe's reason for each failure of an operation. */
const REASON_OF: Readonly<Record<FailureCode, Reason>> = {
  source_unreadable: 'GenericError',
  source_empty: 'SourceCorrupt',
  source_corrupt: 'SourceCorrupt',
  source_no_picture: 'SourceUnsupported',
  source_no_metadata: 'SourceUnsupported',
  source_no_text: 'SourceUnsupported',
  source_without_positions: 'SourceUnsupported',
  source_encrypted: 'SourceUnsupported',
  source_encryption_unknown: 'SourceUnsupported',
  source_locked: 'SourceUnsupported',
  source_needs_repair: 'SourceUnsupported',
  source_feature_unsupported: 'SourceUnsupported',
  source_no_preview: 'SourceUnsupported',
  source_exceeds_limit: 'SourceUnsupported',
  source_too_large: 'SourceUnsupported',
  source_too_slow: 'SourceUnsupported',
  source_out_of_memory: 'SourceUnsupported',
  source_too_many_pixels: 'SourceUnsupported',
  page_missing: 'GenericError',
  pages_missing: 'GenericError',
  crop_outside: 'GenericError',
  side_too_long: 'RenditionFormatUnsupported',
  rendition_too_large: 'GenericError',
  view_too_large: 'GenericError',
  layer_too_large: 'GenericError',
  layer_without_size: 'GenericError',
  perspective_impossible: 'GenericError',
  clip_path_malformed: 'GenericError',
  rendition_failed: 'GenericError',
  frames_unread: 'SourceUnsupported',
  size_unreachable: 'GenericError',
  standard_unreachable: 'SourceUnsupported',
  colours_unchangeable: 'SourceUnsupported',
  colours_impossible: 'GenericError',
  watermark_unavailable: 'GenericError',
  watermark_unusable: 'GenericError',
  watermark_too_large: 'GenericError',
  watermark_letters_unknown: 'GenericError',
  watermark_text_too_large: 'GenericError',
  text_font_missing: 'GenericError',
  text_letters_unknown: 'GenericError',
  text_too_large: 'RenditionTooLarge',
  text_too_long: 'RenditionTooLarge',
  text_too_slow: 'GenericError',
  text_angle_impossible: 'GenericError',
  watermark_pages_missing: 'GenericError',
  packet_malformed: 'GenericError',
  xmp_unsupported: 'RenditionFormatUnsupported',
  xmp_no_room: 'SourceUnsupported',
  profile_unusable: 'SourceUnsupported',
  xmp_lost: 'SourceUnsupported',
  metadata_unsupported: 'RenditionFormatUnsupported',
  metadata_name_unknown: 'GenericError',
  metadata_lost: 'SourceUnsupported',
  file_url_invalid: 'GenericError',
  file_path_too_long: 'GenericError',
  file_paths_equal: 'GenericError',
  file_and_folder: 'GenericError',
  file_unavailable: 'GenericError',
  file_unusable: 'SourceUnsupported',
  archive_disk_full: 'GenericError',
  source_no_office: 'SourceUnsupported',
  office_format_impossible: 'RenditionFormatUnsupported',
  office_pages_missing: 'GenericError',
  office_not_written: 'GenericError',
  page_url_invalid: 'GenericError',
  page_unreachable: 'GenericError',
  page_refused: 'GenericError',
  page_too_slow: 'SourceUnsupported',
  page_too_large: 'SourceUnsupported',
  page_element_missing: 'GenericError',
  page_selector_invalid: 'GenericError',
  page_range_missing: 'GenericError',
  site_page_missing: 'SourceUnsupported',
  browser_unusable: 'GenericError',
  source_no_archive: 'SourceUnsupported',
  entry_missing: 'GenericError',
  command_failed: 'GenericError',
  command_stopped: 'GenericError',
  sandbox_unavailable: 'GenericError',
  program_missing: 'GenericError',
  source_no_media: 'SourceUnsupported',
  stream_missing: 'SourceUnsupported',
  codec_unsupported: 'GenericError',
  codec_copies: 'GenericError',
  crf_outside: 'GenericError',
  filter_missing: 'GenericError',
  encoder_missing: 'GenericError',
  moment_outside: 'GenericError',
  trim_empty: 'GenericError',
  conversion_failed: 'GenericError',
  rendition_too_heavy: 'RenditionTooLarge',
}

/** What Adobe calls the options of operations, where it has another name for them. */
const ADOBES_NAMES: OptionNames = {
  format: 'fmt',
  resample: 'convertToDpi',
  colours: 'colorspace',
  packet: 'xmp',
  texts: 'metadata',
}

const SDK_ERRORS: Readonly<Record<Reason, (message: string, location: string) => Error>> = {
  GenericError: (message, location) => new GenericError(message, location),
  SourceFormatUnsupported: (message) => new SourceFormatUnsupportedError(message),
  RenditionFormatUnsupported: (message) => new RenditionFormatUnsupportedError(message),
  SourceUnsupported: (message) => new SourceUnsupportedError(message),
  SourceCorrupt: (message) => new SourceCorruptError(message),
  RenditionTooLarge: (message) => new RenditionTooLarge(message),
}

/** A failure of an operation in Adobe's words; anything else as it is. */
export function toRenditionError(error: unknown): unknown {
  if (!(error instanceof OperationError)) return error
  const { code, cause }: OperationError = error
  const options = cause === undefined ? {} : { cause }
  return new RenditionError(REASON_OF[code], error.inWordsOf(ADOBES_NAMES), options)
}

/**
 * The error that the SDK understands, so that the `rendition_failed` event carries the right `errorReason`. What is no
 * failure of an operation and no {@link RenditionError} is a fault of this program: its message may name paths, so it
 * stays in the log.
 *
 * @param location - a short text to search logs and metrics for, such as `image_worker`
 */
export function toSdkError(error: unknown, location: string): Error {
  const told = toRenditionError(error)
  const { reason, message } =
    told instanceof RenditionError
      ? told
      : { reason: 'GenericError' as const, message: 'The worker failed unexpectedly; see its log.' }
  const sdkError = SDK_ERRORS[reason](message, location)
  // Seen in the log, as causes are, but not in the activation's result, which is the enumerable part of an error.
  const cause = told instanceof RenditionError ? told.cause : told
  if (cause !== undefined) {
    Object.defineProperty(sdkError, 'cause', { value: cause, enumerable: false })
  }
  return sdkError
}
