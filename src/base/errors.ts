/** With what the house refuses a request; the sentence for people is written where the error is thrown. */
const REFUSALS = {
  /** What was sent is not what it must be; `fields` says which of it. */
  invalid: { status: 400 },
  /** The next five are OAuth's own (RFC 6749), with the status that Adobe's IMS gives them. */
  invalid_request: { status: 400 },
  invalid_client: { status: 400 },
  invalid_scope: { status: 400 },
  invalid_token: { status: 400 },
  unsupported_grant_type: { status: 400 },
  unauthenticated: { status: 401 },
  forbidden: { status: 403 },
  not_found: { status: 404 },
  /** The client has to register first. */
  not_registered: { status: 404 },
  method_not_allowed: { status: 405 },
  too_slow: { status: 408 },
  conflict: { status: 409 },
  /** It was there, and is not any more. */
  gone: { status: 410 },
  /** It is needed in a version of a protocol that there is not. */
  precondition_failed: { status: 412 },
  too_large: { status: 413 },
  range_not_satisfiable: { status: 416 },
  /** Somebody else has it in hand. */
  locked: { status: 423 },
  too_many_requests: { status: 429 },
  /** A fault of the service; its log tells more. */
  internal: { status: 500 },
  not_implemented: { status: 501 },
  /** Something elsewhere that was asked did not answer as it must. */
  bad_gateway: { status: 502 },
  stopping: { status: 503 },
  /** The object store elsewhere that the storage is in does not answer, or refuses the service. */
  storage_unavailable: { status: 503 },
  /** The database elsewhere that the tables are in does not answer. */
  database_unavailable: { status: 503 },
  disk_full: { status: 507 },
} as const satisfies Readonly<Record<string, { readonly status: number }>>

/**
 * With what an operation fails: something is wrong with its sources or its options, or both do not go together. What is
 * told of each, and its sentence, is in operation-error.ts.
 */
const FAILURES = {
  source_unreadable: { status: 422 },
  source_empty: { status: 422 },
  source_corrupt: { status: 422 },
  /** No picture can be made of a source of this kind; likewise the next two. */
  source_no_picture: { status: 422 },
  source_no_metadata: { status: 422 },
  source_no_text: { status: 422 },
  /** Nothing says where on a page the text of it stands. */
  source_without_positions: { status: 422 },
  source_encrypted: { status: 422 },
  source_encryption_unknown: { status: 422 },
  source_locked: { status: 422 },
  source_needs_repair: { status: 422 },
  source_feature_unsupported: { status: 422 },
  /** It shows nothing but a preview that it may carry, and carries none. */
  source_no_preview: { status: 422 },
  /** More of something than a source may have. */
  source_exceeds_limit: { status: 422 },
  source_too_large: { status: 422 },
  source_too_slow: { status: 422 },
  source_out_of_memory: { status: 422 },
  source_too_many_pixels: { status: 422 },
  page_missing: { status: 422 },
  /** None of the pages that are chosen is there. */
  pages_missing: { status: 422 },
  crop_outside: { status: 422 },
  /** The format that is asked for has no pictures of this size. */
  side_too_long: { status: 422 },
  rendition_too_large: { status: 422 },
  /** More pixels a side than a catalogue lets anybody ask for. */
  view_too_large: { status: 422 },
  /** What a layered picture is made of, or would be made of on the way. */
  layer_too_large: { status: 422 },
  /** Nothing says how large a layer of one colour is. */
  layer_without_size: { status: 422 },
  /** Its corners are none that something flat can be seen with. */
  perspective_impossible: { status: 422 },
  clip_path_malformed: { status: 422 },
  /** Neither source nor options are known to be at fault. */
  rendition_failed: { status: 500 },
  /** Of an animation that shall stay one only the first picture can be read. */
  frames_unread: { status: 422 },
  /** It cannot be made so small. */
  size_unreachable: { status: 422 },
  /** A PDF cannot be written as a standard wants it. */
  standard_unreachable: { status: 422 },
  /** A PDF cannot be written in other colours. */
  colours_unchangeable: { status: 422 },
  /** The format of a picture does not have them. */
  colours_impossible: { status: 422 },
  watermark_unavailable: { status: 422 },
  /** What its URL has cannot be shown. */
  watermark_unusable: { status: 422 },
  watermark_too_large: { status: 422 },
  /** Letters that the built-in fonts do not have. */
  watermark_letters_unknown: { status: 422 },
  watermark_text_too_large: { status: 422 },
  /** It shall be on pages that there are not. */
  watermark_pages_missing: { status: 422 },
  text_font_missing: { status: 422 },
  /** Letters that the built-in fonts do not have. */
  text_letters_unknown: { status: 422 },
  text_too_large: { status: 422 },
  text_too_long: { status: 422 },
  text_too_slow: { status: 422 },
  text_angle_impossible: { status: 422 },
  packet_malformed: { status: 422 },
  /** Files of this kind cannot have XMP written into them. */
  xmp_unsupported: { status: 422 },
  xmp_no_room: { status: 422 },
  profile_unusable: { status: 422 },
  xmp_lost: { status: 422 },
  /** Files of this kind cannot have metadata written into them by name. */
  metadata_unsupported: { status: 422 },
  metadata_name_unknown: { status: 422 },
  metadata_lost: { status: 422 },
  file_url_invalid: { status: 422 },
  file_path_too_long: { status: 422 },
  file_paths_equal: { status: 422 },
  file_and_folder: { status: 422 },
  file_unavailable: { status: 422 },
  /** One of several files is damaged, encrypted or of no kind that is taken. */
  file_unusable: { status: 422 },
  archive_disk_full: { status: 507 },
  /** Nothing can be made of a source of this kind by playing it. */
  source_no_media: { status: 422 },
  /** It has no pictures or no sound, of which something was to be made. */
  stream_missing: { status: 422 },
  /** A codec or a profile that the format does not hold. */
  codec_unsupported: { status: 422 },
  /** What a codec that copies cannot change. */
  codec_copies: { status: 422 },
  crf_outside: { status: 422 },
  /** The FFmpeg that is there cannot do what a source needs. */
  filter_missing: { status: 501 },
  /** The FFmpeg that is there cannot write a codec. */
  encoder_missing: { status: 501 },
  moment_outside: { status: 422 },
  trim_empty: { status: 422 },
  conversion_failed: { status: 422 },
  rendition_too_heavy: { status: 422 },
  /** It is no office file. */
  source_no_office: { status: 422 },
  /** Such as a text of slides. */
  office_format_impossible: { status: 422 },
  /** None of the pages that are to be made is there. */
  office_pages_missing: { status: 422 },
  /** The office program has opened its source, and then failed. */
  office_not_written: { status: 500 },
  page_url_invalid: { status: 422 },
  page_unreachable: { status: 422 },
  /** Its server answers, and not with the page. */
  page_refused: { status: 422 },
  page_too_slow: { status: 422 },
  page_too_large: { status: 422 },
  page_element_missing: { status: 422 },
  page_selector_invalid: { status: 422 },
  /** A page that is to be printed in parts has none of them. */
  page_range_missing: { status: 422 },
  /** A ZIP file is no site, since nothing in it is the page to begin with. */
  site_page_missing: { status: 422 },
  /** It is there, and does not run as it must. */
  browser_unusable: { status: 501 },
  /** Nothing can be taken out of what is no archive. */
  source_no_archive: { status: 422 },
  entry_missing: { status: 422 },
  /** It has ended by itself, and says that it could not do its work. */
  command_failed: { status: 422 },
  /** It took more than it may, and was ended. */
  command_stopped: { status: 422 },
  sandbox_unavailable: { status: 501 },
  /** What it takes is not installed on this machine. */
  program_missing: { status: 501 },
} as const satisfies Readonly<Record<string, { readonly status: number }>>

/**
 * Every way in which what is asked of this house is refused or fails: one code for programs, which no door changes, and the
 * HTTP status that goes with it. How code, status and sentence travel is for each door's renderer to say.
 */
export const ERRORS = { ...REFUSALS, ...FAILURES } as const

/** A code of {@link ERRORS}. */
export type ErrorCode = keyof typeof ERRORS

/** A code with which an operation fails. */
export type FailureCode = keyof typeof FAILURES

/** The code that says best what an answer of another service with this status means. */
export function codeOfStatus(status: number): ErrorCode {
  for (const code in REFUSALS) {
    if (isRefusal(code) && REFUSALS[code].status === status) return code
  }
  return status >= 400 && status < 500 ? 'invalid' : 'bad_gateway'
}

function isRefusal(name: string): name is keyof typeof REFUSALS {
  return name in REFUSALS
}

/** What is wrong with which fields: sentences by the path of the field, such as `renditions[0].target`. */
export type WrongFields = Readonly<Record<string, readonly string[]>>

interface ServiceErrorOptions extends ErrorOptions {
  /** Of an answer from elsewhere that is handed on; that of the code unless given. */
  readonly status?: number
  readonly fields?: WrongFields
  /** Response headers that belong to this refusal, such as `Retry-After` (seconds). */
  readonly headers?: Readonly<Record<string, string>>
  /** Whether a secret was given and is wrong; false unless given. */
  readonly isGuess?: boolean
}

/** A request that is refused: a code, and one sentence saying what was wrong with what and what would be right. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  readonly code: ErrorCode
  readonly status: number
  readonly fields: WrongFields
  /** See {@link ServiceErrorOptions.headers}. */
  readonly headers: Readonly<Record<string, string>>
  /** See {@link ServiceErrorOptions.isGuess}. */
  readonly isGuess: boolean

  constructor(code: ErrorCode, message: string, options: ServiceErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.status = options.status ?? ERRORS[code].status
    this.fields = options.fields ?? {}
    this.headers = options.headers ?? {}
    this.isGuess = options.isGuess ?? false
  }
}

/**
 * The reasons with which a rendition may fail, verbatim from `@adobe/asset-compute-commons` (lib/errors.js)
 * and the "Error reasons" table of the Asset Compute HTTP API.
 */
export const REASONS = [
  'GenericError',
  'SourceFormatUnsupported',
  'RenditionFormatUnsupported',
  'SourceUnsupported',
  'SourceCorrupt',
  'RenditionTooLarge',
] as const

/** Why a rendition failed; the `errorReason` of a `rendition_failed` event. */
export type Reason = (typeof REASONS)[number]

/** True when `value` is one of the documented reasons. */
export function isReason(value: unknown): value is Reason {
  return REASONS.some((reason) => reason === value)
}
