import { readFile, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { metadata } from '../../../src/engine/metadata/metadata.ts'
import { parsePacket } from '../../../src/engine/metadata/packet/packet.ts'
import { propertiesOf } from '../../../src/engine/metadata/packet/properties.ts'
import { RenditionError } from '../../../src/sdk/rendition-error.ts'
import { toRenditionError } from '../../../src/sdk/sdk-errors.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

/** What a document of XMP says: the texts of each property by its namespace's last part and its name. */
export type Said = Readonly<Record<string, string>>

/** A place to extract and write metadata in. */
export interface MetadataFolder {
  pathTo(name: string): string
  /** Extracts the metadata of a source with this content, and returns the document. */
  extract(content: Uint8Array | string, name?: string): Promise<string>
  /** Extracts, and returns what the document says. */
  read(content: Uint8Array | string, name?: string): Promise<Said>
  /** Writes a packet into a source with this content, and returns the copy. */
  write(content: Uint8Array | string, packet: Uint8Array | string, name?: string): Promise<Buffer>
}

/** A folder for the tests of the enclosing `describe`. */
export function useMetadataFolder(): MetadataFolder {
  const folder = useTemporaryFolder()

  async function extract(content: Uint8Array | string, name = 'source'): Promise<string> {
    const sourcePath = folder.pathTo(name)
    const xmpPath = folder.pathTo(`${name}.xmp`)
    await writeFile(sourcePath, content)
    await metadata.extractXmp({ source: await identifySource(sourcePath), xmpPath })
    return readFile(xmpPath, 'utf8')
  }

  return {
    pathTo: (name) => folder.pathTo(name),
    extract,
    read: async (content, name) => readDocument(await extract(content, name)),
    async write(content, packet, name = 'source') {
      const sourcePath = folder.pathTo(name)
      const outputPath = folder.pathTo(`copy${extname(name)}`)
      await writeFile(sourcePath, content)
      const source = await identifySource(sourcePath)
      await metadata.writeXmp({ source, outputPath, packet: Buffer.from(packet) })
      return readFile(outputPath)
    },
  }
}

/** Usual prefixes of the namespaces that tests ask for. */
const PREFIXES: Readonly<Record<string, string>> = {
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://ns.adobe.com/tiff/1.0/': 'tiff',
  'http://ns.adobe.com/exif/1.0/': 'exif',
  'http://cipa.jp/exif/1.0/': 'exifEX',
  'http://ns.adobe.com/xap/1.0/': 'xmp',
  'http://ns.adobe.com/xap/1.0/t/pg/': 'xmpTPg',
  'http://ns.adobe.com/xmp/1.0/DynamicMedia/': 'xmpDM',
  'http://ns.adobe.com/photoshop/1.0/': 'photoshop',
  'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/': 'Iptc4xmpCore',
  'http://ns.adobe.com/pdf/1.3/': 'pdf',
  'http://ns.adobe.com/xmp/note/': 'xmpNote',
  'urn:own': 'own',
}

/** What a document says, with its containers: `Seq[one|two]`. */
export function readDocument(document: string): Said {
  const packet = parsePacket(document)
  return Object.fromEntries(
    propertiesOf(packet).map(({ key, start, end, isAttribute }) => {
      const [namespace = '', name = ''] = key.split(' ')
      const written = packet.text.slice(start, end)
      const value = isAttribute ? (/["']([^]*)["']/.exec(written)?.[1] ?? '') : readValue(written)
      return [`${PREFIXES[namespace] ?? namespace}:${name}`, value]
    }),
  )
}

function readValue(element: string): string {
  const container = /<rdf:(Seq|Bag|Alt)>/.exec(element)?.[1]
  const texts = [...element.matchAll(/>([^<>]+)</g)]
    .map(([, text = '']) => text.trim())
    .filter((text) => text !== '')
    .join('|')
  return container === undefined ? texts : `${container}[${texts}]`
}

/** Whether an error is one with such a reason and message of Asset Compute. */
export function isFailure(reason: string, message = /./): (error: unknown) => boolean {
  return (failure) => {
    const error = toRenditionError(failure)
    return error instanceof RenditionError && error.reason === reason && message.test(error.message)
  }
}
