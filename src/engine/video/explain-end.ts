import { corruptSource, OperationError } from '../../base/operation-error.ts'
import type { ProgramLimits } from '../../programs/program-limits.ts'
import type { FFmpegEnd } from './ffmpeg.ts'

/** What FFmpeg says when the source can be read, but what was asked for cannot be made of it. */
const IMPOSSIBLE =
  /Could not write header|Error (?:initializing|opening) output|Error while opening encoder|Error (?:re)?initializing (?:filters|complex filters)|Could not find tag for codec|Error setting option|Undefined constant|Unable to parse option/i

/** Filters are told by FFmpeg what streams of the source are like; a damaged one says that it has no sample rate, or such. */
const STREAM_UNKNOWN =
  /Error setting option (?:time_base|sample_rate|sample_fmt|channel_layout|video_size|pix_fmt) to/
/** What is said of the embedded FFmpeg when it traps, as it does at some codecs and at what it has no memory for. */
const CRASHED = 'the FFmpeg that comes along crashed, which one that is installed may not'

/** A line that tells of a problem. */
const PROBLEM =
  /error|invalid|supported|only|could not|cannot|too many|unknown|incompatible|must|tag/i

/**
 * Why a run of FFmpeg has made nothing, or not all.
 *
 * @param title - what people call the source
 * @param format - what was to be made
 */
export function explainEnd(
  { code, excess, log }: FFmpegEnd,
  { title, format }: { readonly title: string; readonly format: string },
  { longestMs, mostWrittenBytes }: ProgramLimits,
): OperationError {
  const cause = log.slice(-4000)
  if (excess === 'time') {
    const seconds = Math.round(longestMs / 1000)
    return new OperationError('source_too_slow', { task: 'convert', seconds, title })
  }
  if (excess === 'written') {
    return new OperationError('rendition_too_heavy', {
      megabytes: Math.round(mostWrittenBytes / 1024 ** 2),
    })
  }
  if (
    excess === 'memory' ||
    /Cannot allocate memory|out of memory|malloc of size \d+ failed/i.test(log)
  ) {
    return new OperationError('source_out_of_memory', { task: 'convert', title }, { cause })
  }
  if (code === undefined && /^RuntimeError: /m.test(log)) {
    return new OperationError('conversion_failed', { title, format, problem: CRASHED }, { cause })
  }
  const encoder = /Unknown encoder '([\w-]+)'/.exec(log)?.[1]
  if (encoder !== undefined) return new OperationError('encoder_missing', { encoder })
  const filter = /No such filter: '(\w+)'/.exec(log)?.[1]
  if (filter !== undefined) return new OperationError('filter_missing', { filter })
  // What comes before is about the source alone.
  const made = log.slice(Math.max(0, log.indexOf('Input #0')))
  const problem = problemIn(made)
  const isOfSource = !IMPOSSIBLE.test(made) || STREAM_UNKNOWN.test(made)
  if (code === undefined || problem === undefined || isOfSource) {
    return corruptSource(title, { cause })
  }
  return new OperationError('conversion_failed', { title, format, problem }, { cause })
}

/** The first line that tells of a problem, without what is FFmpeg's own: addresses and names of files. */
function problemIn(log: string): string | undefined {
  const lines = log.split('\n').filter((line) => PROBLEM.test(line))
  // What a part of FFmpeg says is more exact than what FFmpeg says of it.
  const line = lines.find((each) => each.startsWith('[')) ?? lines[0]
  return line
    ?.replaceAll(/\[[^\]]*@ 0x[0-9a-f]+\] ?/g, '')
    .replaceAll(/(?:file:)?\/[^\s:'"]*/g, '…')
    .trim()
    .replace(/\.$/, '')
    .slice(0, 200)
}

/** What FFmpeg says of a source that breaks off, and goes on. */
const BREAKS_OFF =
  /partial file|ended prematurely|truncat|Invalid data found|error while decoding|corrupt|concealing/i

/** As much of what a source says it has may be missing without a complaint, in seconds: its streams end at times of their own. */
const MISSING_SECONDS = 1

/** Likewise as a share of it, whatever FFmpeg says. */
const MISSING_SHARE = 0.1

/**
 * Whether a source ends before it should: FFmpeg is content with what there is, and says that all is well.
 *
 * @param options.expected - how many seconds there should be
 * @param options.isSure - whether nothing but damage would make it shorter
 */
export function endsEarly(
  { reached, log }: Pick<FFmpegEnd, 'reached' | 'log'>,
  { expected, isSure }: { readonly expected: number; readonly isSure: boolean },
): boolean {
  const missing = expected - reached
  if (missing <= expected * MISSING_SHARE) return false
  return BREAKS_OFF.test(log) || (isSure && missing > MISSING_SECONDS)
}
