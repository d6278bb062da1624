import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { useRegisteredService } from './registered-service.ts'

/** The renditions of "Complete process request example" of the API page. */
const RENDITIONS = [
  { name: 'image.48x48.png', fmt: 'png', width: 48, height: 48 },
  { name: 'image.200x200.jpg', fmt: 'jpg', width: 200, height: 200 },
  { name: 'cqdam.xmp.xml', fmt: 'xmp' },
  { name: 'cqdam.text.txt', fmt: 'text' },
]

const CASES = 'test/asset-compute/document'

const SOURCES: { file: string; mediaType: string; text: RegExp; size: [number, number] }[] = [
  {
    file: 'samples/portrait.jpg',
    mediaType: 'image/jpeg',
    text: /^$/,
    size: [150, 200],
  },
  {
    file: `${CASES}/text-of-pdf/file.pdf`,
    mediaType: 'application/pdf',
    text: /^The harbour at dusk\n/,
    size: [200, 133],
  },
  ...['docx', 'odt'].map((extension) => ({
    file: `${CASES}/text-of-${extension}/file.${extension}`,
    mediaType:
      extension === 'docx'
        ? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
        : 'application/vnd.oasis.opendocument.text',
    text: /^The harbour at dusk\n/,
    size: [141, 200] satisfies [number, number],
  })),
]

describe('the complete example request of the API page', function () {
  this.timeout(300_000)
  const { eventsOf, presign, store } = useRegisteredService()

  for (const { file, mediaType, text, size } of SOURCES) {
    it(`works as printed for ${file}`, async () => {
      // As printed there is no more about the source than its URL.
      const source = await store('source', new Uint8Array(readFileSync(file)))
      const targets = await Promise.all(RENDITIONS.map(({ name }) => presign(name, 'rw')))
      const events = await eventsOf({
        source,
        renditions: RENDITIONS.map((rendition, index) => ({
          ...rendition,
          target: targets[index],
        })),
      })
      assert.deepEqual(
        events.map((event) => [Object(event).type, Object(event).errorMessage]),
        RENDITIONS.map(() => ['rendition_created', undefined]),
      )
      const [small, medium, xmp, words] = await Promise.all(
        targets.map(async (target) => Buffer.from(await (await fetch(target)).arrayBuffer())),
      )
      assert.equal((await sharp(small).metadata()).format, 'png')
      const { format, width, height } = await sharp(medium).metadata()
      assert.deepEqual([format, width, height], ['jpeg', ...size])
      assert.ok(xmp?.includes(`<dc:format>${mediaType}</dc:format>`), String(xmp))
      assert.match(String(words), text)
      assert.partialDeepStrictEqual(Object(events[3]).metadata, {
        'repo:size': words?.length,
        'dc:format': 'text/plain',
        'repo:encoding': 'utf-8',
      })
    })
  }
})
