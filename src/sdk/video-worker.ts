import { rm } from 'node:fs/promises'
import type { Action, Rendition, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import { DRAWN_FORMATS, readFormat } from '../contract/actions.ts'
import { PICTURE_INSTRUCTIONS } from '../contract/instructions/picture-instructions.ts'
import type { JobSource } from '../engine/operation.ts'
import { createPictures } from '../engine/pictures/pictures.ts'
import { createVideo } from '../engine/video/video.ts'
import { identifySource } from '../sources/identify.ts'
import { mayHoldSeveral } from '../sources/several-pictures.ts'
import { createBuiltInAction } from './built-in-action.ts'
import { readInstruction, readMaxPixels } from './parameters.ts'
import { readPictureOptions } from './picture-outline.ts'
import { makeRendition, prepareJob, requireSource, startJob } from './rendition-job.ts'
import { readMediaOptions, readStillOptions } from './video-outline.ts'

/**
 * The `main` of the action that makes video and audio, and pictures of videos: one of its pictures, which then is treated
 * as any other source of a picture is. With `animated` a GIF or WebP is a clip of the video instead.
 */
export function createVideoWorker(): Action {
  return createBuiltInAction('video_worker', async (source, rendition, params) => {
    const { instructions } = rendition
    const isPicture = DRAWN_FORMATS.some((name) => name === readFormat(instructions['fmt']))
    if (isPicture && !isClip(instructions)) await makePoster(source, rendition, params)
    else await makeMedia(source, rendition, params)
  })
}

function isClip(instructions: Readonly<Record<string, unknown>>): boolean {
  const fmt = readFormat(instructions['fmt'])
  const { animated } = PICTURE_INSTRUCTIONS
  return (
    (fmt === 'gif' || fmt === 'webp') &&
    readInstruction('animated', animated, instructions) === true
  )
}

async function makeMedia(
  source: Source | undefined,
  rendition: Rendition,
  params: WorkerParams,
): Promise<void> {
  const options = readMediaOptions(rendition.instructions)
  const given = toSource(source, 'A rendition of video or audio')
  const played = await playable(given, rendition, params)
  const job = prepareJob(rendition, [played], tellOnce())
  try {
    await makeRendition(createVideo({ program: programIn(params) }), job, options, rendition)
  } finally {
    if (played !== given) await rm(played.path, { force: true })
  }
}

async function makePoster(
  source: Source | undefined,
  rendition: Rendition,
  params: WorkerParams,
): Promise<void> {
  const { instructions } = rendition
  const picture = readPictureOptions(instructions)
  const given = toSource(source, 'A picture of what plays')
  const [frame] = startJob(
    createVideo({ program: programIn(params) }),
    prepareJob(rendition, [given]),
    [instructions],
    readStillOptions,
  )
  if (frame === undefined) return
  const { path } = await frame
  try {
    const pictures = createPictures({ maxPixels: readMaxPixels(params), previews: false })
    await makeRendition(pictures, prepareJob(rendition, [{ path }]), picture, rendition)
  } finally {
    await rm(path, { force: true })
  }
}

function toSource(source: Source | undefined, what: string): JobSource {
  const path = requireSource(source, what)
  return { path, name: source?.name, mediaType: source?.type }
}

/** What FFmpeg can play: of animations in formats that it does not, a GIF is made first. */
async function playable(
  source: JobSource,
  rendition: Rendition,
  params: WorkerParams,
): Promise<JobSource> {
  const { content, start } = await identifySource(source.path)
  const isAnimation = content === 'webp' && mayHoldSeveral(content, Buffer.from(start))
  if (!isAnimation) return source
  const [made] = startJob(
    createPictures({ maxPixels: readMaxPixels(params), previews: false }),
    prepareJob(rendition, [source]),
    [{ fmt: 'gif', animated: true }],
    readPictureOptions,
  )
  const file = await made
  if (file === undefined) return source
  return { path: file.path, name: 'animation.gif' }
}

/** The FFmpeg of the machine: the action's input in manifest.yml, which is empty where there is none. */
function programIn({ DARKROOM_FFMPEG: path }: WorkerParams): string | undefined {
  return typeof path === 'string' && path !== '' ? path : undefined
}

/** Writes how far a conversion is into the log, at most every ten per cent. */
function tellOnce(): (sentence: string) => void {
  let last = ''
  return (sentence) => {
    const [tens = ''] = /^\d*(?=\d %)/.exec(sentence) ?? []
    if (tens === last) return
    last = tens
    console.log(sentence)
  }
}
