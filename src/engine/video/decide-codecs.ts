import { OperationError } from '../../base/operation-error.ts'
import { missingProgram } from '../../programs/missing-program.ts'
import type { Decided } from './arguments.ts'
import { type Engine, VIDEO_ENCODERS } from './codecs.ts'
import type { MediaInfo } from './media-info.ts'
import type { MediaOptions } from './options.ts'
import { OUTPUTS, type OutputFormat } from './output-formats.ts'

/**
 * Says with which codecs a source is converted: those that are asked for, else the usual ones of the format that the
 * engine can write.
 *
 * @param title - what people call the source
 * @throws {@link OperationError} when the format does not hold a codec, the engine cannot write it, an option means
 *   nothing for it, or the source has nothing of what would be written
 */
export function decideCodecs(
  options: MediaOptions,
  info: MediaInfo,
  engine: Engine,
  title: string,
): Decided {
  const output: OutputFormat = OUTPUTS[options.format]
  const decided = {
    videoCodec: decideVideo(options, info, output, engine),
    audioCodec: decideAudio(options, info, output),
  }
  if (decided.videoCodec === 'none' && decided.audioCodec === 'none') {
    const stream = output.video.length > 0 && info.video === undefined ? 'video' : 'audio'
    throw new OperationError('stream_missing', { title, stream, format: output.title })
  }
  // What is sound alone has formats of its own.
  if (output.video.length > 0 && info.video === undefined && options.videoCodec !== 'none') {
    throw new OperationError('stream_missing', { title, stream: 'video', format: output.title })
  }
  checkStyle(options, decided, output)
  return decided
}

function decideVideo(
  { videoCodec: asked }: MediaOptions,
  { video }: MediaInfo,
  output: OutputFormat,
  engine: Engine,
): Decided['videoCodec'] {
  const { video: held } = output
  if (held.length === 0 || video === undefined || asked === 'none') return 'none'
  if (asked === 'copy') return 'copy'
  const usual = held.find((each) => engine === 'program' || VIDEO_ENCODERS[each].embedded === true)
  const codec = held.find((each) => each === asked) ?? (asked === undefined ? usual : undefined)
  if (codec === undefined) {
    throw new OperationError('codec_unsupported', {
      option: 'videoCodec',
      value: asked ?? '',
      format: output.title,
      taken: [...held, 'copy', 'none'],
    })
  }
  if (engine === 'embedded' && video.codec === 'av1') {
    throw missingProgram('ffmpeg', 'What is made of video in AV1')
  }
  if (engine === 'embedded' && VIDEO_ENCODERS[codec].embedded === false) {
    throw missingProgram('ffmpeg', `Video in ${codec}`)
  }
  return codec
}

function decideAudio(
  { audioCodec: asked }: MediaOptions,
  { audio }: MediaInfo,
  output: OutputFormat,
): Decided['audioCodec'] {
  const { audio: held } = output
  const [usual] = held
  if (usual === undefined || audio === undefined || asked === 'none') return 'none'
  if (asked === 'copy') return 'copy'
  const codec = asked === undefined ? usual : held.find((each) => each === asked)
  if (codec !== undefined) return codec
  throw new OperationError('codec_unsupported', {
    option: 'audioCodec',
    value: asked ?? '',
    format: output.title,
    taken: [...held, 'copy', 'none'],
  })
}

/** Options of how the pictures are to be, which cannot be where they are copied, or which a codec has none of. */
function checkStyle(
  { width, height, fps, profile, crf }: MediaOptions,
  { videoCodec: codec }: Decided,
  output: OutputFormat,
): void {
  if (codec === 'copy') {
    const given = { width, height, fps }
    const option = (['width', 'height', 'fps'] as const).find((name) => given[name] !== undefined)
    if (option !== undefined) {
      throw new OperationError('codec_copies', { option, codec: 'videoCodec' })
    }
  }
  if (codec === 'copy' || codec === 'none') return
  const facts = VIDEO_ENCODERS[codec]
  if (crf !== undefined && 'highestCrf' in facts && crf > facts.highestCrf) {
    throw new OperationError('crf_outside', { crf, codec, highest: facts.highestCrf })
  }
  if (profile === undefined) return
  const taken: readonly string[] = 'profiles' in facts ? facts.profiles : []
  // Codecs without profiles have nothing that could be wrong.
  if (taken.length === 0 || taken.includes(profile)) return
  const format = `${codec} in ${output.title}`
  throw new OperationError('codec_unsupported', {
    option: 'profile',
    value: profile,
    format,
    taken,
  })
}
