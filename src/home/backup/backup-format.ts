import * as z from 'zod/mini'

/**
 * A backup is a TAR archive: first what it is, then the state folder below {@link CONTENT}, and in the end a line about each file.
 * One that was broken off has no end, so it cannot be taken for a whole one.
 */
export const HEADER = 'darkroom-backup.json'

/** Where the files of the state folder are in the archive. */
export const CONTENT = 'home/'

/** The last file: a {@link ManifestLine} for each that is in {@link CONTENT}, in their order. */
export const MANIFEST = 'manifest.jsonl'

/** Of what versions make. */
export const FORMAT = 1

/** What {@link HEADER} says. */
export const headerSchema = z.object({
  format: z.number(),
  /** Of Darkroom. */
  version: z.string(),
  /** When the state folder was like this, in ISO 8601. */
  createdAt: z.string(),
})

/** What {@link HEADER} says. */
export type BackupHeader = z.infer<typeof headerSchema>

/** What is said of a file, so that what comes back is what was kept. */
export interface ManifestLine {
  /** Relative to the state folder, with slashes. */
  readonly name: string
  /** Of the owner, such as `600`. */
  readonly mode: string
  /** In bytes; 0 of a folder and a link. */
  readonly size: number
  /** SHA-256 of the bytes in hexadecimal; of a link, where it leads; null of a folder. */
  readonly content: string | null
}

/** The line of a file in {@link MANIFEST}, without its end. */
export function lineOf({ name, mode, size, content }: ManifestLine): string {
  return JSON.stringify({ name, mode, size, content })
}

/** The mode that a file has for its owner, and nobody else. */
export function ownMode(mode: number): number {
  return mode & 0o700
}
