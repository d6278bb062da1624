import { statSync } from 'node:fs'
import { OperationError } from '../../base/operation-error.ts'
import { serveThread } from '../../tasks/serve-thread.ts'
import { writeTextFile } from '../text/text-file.ts'
import { countUnreadable } from '../text/unreadable.ts'
import { nameHeldPictures } from './link-pictures.ts'
import { writeMarkdown } from './markdown/write-markdown.ts'
import type { MarkupOutcome, MarkupTask } from './markup-task.ts'
import { readPages } from './pages/read-pages.ts'
import { readTags } from './pages/read-tags.ts'
import { type DocumentReading, readDocument } from './read-document.ts'
import type { RichText } from './rich-text.ts'
import { settleLinks } from './settle-links.ts'
import { writePage } from './write-html.ts'

/** The longest text that is written, in bytes, unless the source is long itself. */
const MOST_BYTES = 64_000_000

/** As many bytes as one may become with what markup adds. */
const GROWTH = 6

/** Does a task; what is wrong with its source is an outcome, since errors lose their class between threads. */
async function work({ subject, to, outputPath }: MarkupTask): Promise<MarkupOutcome> {
  try {
    const remarks: string[] = []
    const unreadable = countUnreadable()
    const remark = (sentence: string): void => void remarks.push(sentence)
    const read = await readSubject(subject, { scratchPath: `${outputPath}.part`, remark })
    const text = { ...read, blocks: settleLinks(nameHeldPictures(read.blocks)) }
    const { size } = statSync(pathOf(subject))
    await writeTextFile(outputPath, Math.max(MOST_BYTES, size * GROWTH), async (write) => {
      const written = to === 'md' ? writeMarkdown(text) : writePage(text)
      unreadable.count(written)
      write(written)
    })
    // What was read as plain text has told the same.
    return { outcome: 'written', remarks: [...new Set([...remarks, ...unreadable.tell()])] }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields, cause } = error
    return { outcome: 'failed', failure: { code, fields, cause } }
  }
}

function pathOf(subject: MarkupTask['subject']): string {
  if (subject.kind === 'document') return subject.source.path
  return subject.kind === 'tags' ? subject.tagsPath : subject.positionsPath
}

async function readSubject(
  subject: MarkupTask['subject'],
  how: Pick<DocumentReading, 'scratchPath' | 'remark'>,
): Promise<RichText> {
  if (subject.kind === 'tags') return readTags(subject.tagsPath, subject.bookmarks)
  if (subject.kind === 'pages') return readPages(subject.positionsPath, subject.bookmarks)
  const { source, read: kind, password } = subject
  return readDocument({ source, kind, password, ...how })
}

serveThread({ work })
