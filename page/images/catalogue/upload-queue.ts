import type { AssetUpload } from '../images-state.ts'

/** How many files are on their way at a time. */
export const LANES = 3

/** The uploads that are to be begun now, so that as many are on their way as may be. */
export function nextUploads(uploads: readonly AssetUpload[]): readonly AssetUpload[] {
  const sending = uploads.filter(({ state }) => state === 'sending').length
  return uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, LANES - sending))
}

/** The uploads with one of them changed; it need not be there any more. */
export function changeUpload(
  uploads: readonly AssetUpload[],
  id: number,
  changes: Partial<Omit<AssetUpload, 'id'>>,
): readonly AssetUpload[] {
  return uploads.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload))
}
