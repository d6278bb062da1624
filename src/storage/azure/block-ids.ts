import type { PartOfUpload } from '../part-index.ts'

const PART = /^p([\w-]+)\.(\d{5})$/

/** The id of the block that is a part of an upload. All blocks of a blob have ids of one length. */
export function idOfPart({ upload, part }: PartOfUpload): string {
  return encode(`p${upload}.${number(part)}`)
}

/** The id of a block of a body that comes through the service, which {@link readPartId} takes for no part of an upload. */
export function idOfPiece(upload: string, index: number): string {
  return encode(`w${upload}.${number(index)}`)
}

/** Reads what {@link idOfPart} has made; undefined for any other id. */
export function readPartId(id: string): PartOfUpload | undefined {
  const [, upload, part] = PART.exec(Buffer.from(id, 'base64').toString()) ?? []
  return upload === undefined || part === undefined ? undefined : { upload, part: Number(part) }
}

function number(index: number): string {
  return String(index).padStart(5, '0')
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64')
}
