/** Control words that begin what is no text of the document. */
export const RTF_SKIPPED: ReadonlySet<string> = new Set(
  `annotation atnauthor atnid author buptim colortbl colorschememapping comment company creatim datastore defchp defpap
   doccomm docvar falt fldinst fontemb fonttbl generator hlinkbase info keywords latentstyles listoverridetable listtable
   listtext manager mmathPr nonshppict objdata operator pgptbl pict pntext pntxta pntxtb printim private revtbl revtim
   rsidtbl rxe shprslt sn sp stylesheet subject sv tc tcn themedata title txe upr userprops wgrffmtfilter xe
   xmlnstbl deleted`.split(/\s+/),
)

/** Groups marked as unknown to old readers that have text nonetheless. */
export const RTF_ENTERED: ReadonlySet<string> = new Set(
  'shpinst shptxt do ud fldrslt nesttableprops shppict footnote'.split(' '),
)

/** Groups that stand beside the text they are in; headers and footers may be written once a section. */
export const RTF_ASIDES: ReadonlyMap<string, 'note' | 'margin'> = new Map([
  ['footnote', 'note'],
  ['shptxt', 'note'],
  ['dptxbxtext', 'note'],
  ...'header headerf headerl headerr footer footerf footerl footerr'
    .split(' ')
    .map((word): [string, 'margin'] => [word, 'margin']),
])

/** Characters that have names. */
export const RTF_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['\\', '\\'],
  ['{', '{'],
  ['}', '}'],
  ['~', '\u00a0'],
  ['_', '\u2011'],
  ['emdash', '\u2014'],
  ['endash', '\u2013'],
  ['emspace', '\u2003'],
  ['enspace', '\u2002'],
  ['bullet', '\u2022'],
  ['lquote', '\u2018'],
  ['rquote', '\u2019'],
  ['ldblquote', '\u201c'],
  ['rdblquote', '\u201d'],
])
