import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import { tags } from '@lezer/highlight'

/** The lines of a request, told apart by colour: names, values, presets and comments. */
const language = StreamLanguage.define<{ isValue: boolean }>({
  name: 'image-serving',
  startState: () => ({ isValue: false }),
  token(stream, state) {
    if (stream.sol()) state.isValue = false
    if (stream.sol() && stream.peek() === '.') {
      stream.skipToEnd()
      return 'comment'
    }
    if (stream.match(/^\$[\w.-]+\$?/)) return 'keyword'
    if (stream.eat('=')) {
      state.isValue = true
      return null
    }
    if (!state.isValue) {
      stream.eatWhile(/[^=$]/)
      return 'propertyName'
    }
    if (stream.match(/^-?\d+(?:\.\d+)?(?![\w.])/)) return 'number'
    if (!stream.eatWhile(/[^,$=]/)) stream.next()
    return 'string'
  },
})

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--spectrum-magenta-1000)' },
  { tag: tags.comment, color: 'var(--spectrum-neutral-subdued-content-color-default)' },
])

/** How an editor shows the lines of a request. */
export const queryLanguage = [language, syntaxHighlighting(colours)]
