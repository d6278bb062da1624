import assert from 'node:assert/strict'
import { createFlow, type Flow } from '../../../src/engine/text/flow.ts'

/** What a flow writes of such calls. */
function write(calls: (flow: Flow) => void): string {
  let written = ''
  calls(createFlow((text) => (written += text)))
  return written
}

describe('a flow of text', () => {
  for (const { name, calls, text } of [
    {
      name: 'has no line that is empty and nothing that trails',
      calls: (flow: Flow) => {
        flow.section()
        flow.line()
        flow.text('a \t')
        flow.line()
        flow.line()
        flow.text('  ')
        flow.line()
        flow.text(' b ')
        flow.section()
        flow.line()
      },
      text: 'a\n b',
    },
    {
      name: 'has one blank line between sections, however many of them are empty',
      calls: (flow: Flow) => {
        flow.text('a')
        flow.section()
        flow.section()
        flow.line()
        flow.text('b')
      },
      text: 'a\n\nb',
    },
    {
      name: 'has one space for any white space between words',
      calls: (flow: Flow) => {
        flow.words(' \n a\n')
        flow.words(' b')
        flow.words('c \n')
        flow.line()
        flow.words(' d')
      },
      text: 'a bc\nd',
    },
    {
      name: 'has tabs for empty cells before others and none after the last',
      calls: (flow: Flow) => {
        flow.row()
        for (const cell of ['', 'b', '', 'd', '']) {
          flow.cell()
          flow.line()
          flow.text(cell)
          flow.line()
        }
        flow.row()
        flow.text('after')
      },
      text: '\tb\t\td\nafter',
    },
    {
      name: 'has asides behind the paragraph they are in, and each text once if asked to',
      calls: (flow: Flow) => {
        const seen = new Set<string>()
        for (const word of ['a', 'b']) {
          flow.text(word)
          flow.openAside()
          flow.text('aside')
          flow.openAside()
          flow.text('within')
          flow.closeAside()
          flow.line()
          flow.closeAside(seen)
          flow.text('.')
          flow.line()
        }
      },
      text: 'a.\naside\nwithin\nb.',
    },
  ]) {
    it(name, () => assert.equal(write(calls), text))
  }
})
