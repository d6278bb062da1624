import type { MediaFacts } from './media-facts.ts'

/** What a video or a sound is by names of ExifTool, with units as it prints them. */
export function nameMediaFacts({
  duration,
  width,
  height,
  rotation,
  frameRate,
  videoCodec,
  audioCodec,
  sampleRate,
  channels,
  bitrate,
}: MediaFacts): Record<string, string | number> {
  const named = {
    Duration: duration === undefined ? undefined : printDuration(duration),
    ImageWidth: width,
    ImageHeight: height,
    Rotation: width === undefined ? undefined : rotation,
    VideoFrameRate: frameRate,
    VideoCodec: videoCodec,
    AudioCodec: audioCodec,
    AudioSampleRate: sampleRate,
    AudioChannels: channels,
    AvgBitrate: bitrate === undefined ? undefined : printBitrate(bitrate),
  }
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]): [string, string | number][] =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}

/** Seconds below half a minute, and hours, minutes and seconds above. */
function printDuration(seconds: number): string {
  if (seconds < 30) return `${seconds.toFixed(2)} s`
  const whole = Math.round(seconds)
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60]
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(rest)}`
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0')
}

function printBitrate(bits: number): string {
  const [value, unit] = bits < 1e6 ? [bits / 1e3, 'kbps'] : [bits / 1e6, 'Mbps']
  return `${Number(value.toPrecision(3))} ${unit}`
}
