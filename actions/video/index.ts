import { createVideoWorker } from '../../src/sdk/video-worker.ts'

/** The `video` action: video and audio in other formats, and pictures of videos. */
export const main = createVideoWorker()
