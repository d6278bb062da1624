import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The look of the editor: Spectrum's, whose colours change with the scheme by themselves. */
export const theme = [
  EditorView.theme({
    '&': {
      backgroundColor: 'var(--spectrum-background-layer-1-color)',
      color: 'var(--spectrum-neutral-content-color-default)',
      border: '1px solid var(--spectrum-gray-300)',
      borderRadius: '8px',
      fontSize: '13px',
    },
    '&.cm-focused': {
      outline: '2px solid var(--spectrum-focus-indicator-color)',
      outlineOffset: '2px',
    },
    '.cm-scroller': {
      fontFamily: 'var(--spectrum-code-font-family-stack)',
      lineHeight: '1.6',
      minHeight: '12em',
      maxHeight: '60vh',
      borderRadius: '7px',
    },
    '.cm-content': { caretColor: 'var(--spectrum-neutral-content-color-default)' },
    '.cm-gutters': {
      backgroundColor: 'var(--spectrum-background-layer-1-color)',
      color: 'var(--spectrum-neutral-subdued-content-color-default)',
      borderRight: '1px solid var(--spectrum-gray-300)',
    },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
      { backgroundColor: 'var(--spectrum-blue-300)' },
    '.cm-cursor': { borderLeftColor: 'var(--spectrum-neutral-content-color-default)' },
    '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--spectrum-gray-300)' },
    '.cm-tooltip': {
      backgroundColor: 'var(--spectrum-background-layer-2-color)',
      color: 'var(--spectrum-neutral-content-color-default)',
      border: '1px solid var(--spectrum-gray-300)',
      borderRadius: '8px',
      fontFamily: 'var(--spectrum-sans-font-family-stack)',
      fontSize: '13px',
      maxWidth: 'min(36em, 90vw)',
      zIndex: '10',
    },
    '.cm-tooltip-hover, .cm-tooltip .cm-completionInfo': { padding: '8px 12px' },
    '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--spectrum-code-font-family-stack)' },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--spectrum-accent-background-color-default)',
      color: 'var(--spectrum-white)',
    },
    '.cm-lintRange-error': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--spectrum-negative-visual-color)',
      textUnderlineOffset: '3px',
    },
    '.cm-diagnostic-error': { borderLeftColor: 'var(--spectrum-negative-visual-color)' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: 'var(--spectrum-blue-1000)' },
      { tag: tags.string, color: 'var(--spectrum-green-1000)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--spectrum-magenta-1000)' },
    ]),
  ),
]
