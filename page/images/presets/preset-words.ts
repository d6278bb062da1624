import { formatNumber } from '../../strings.ts'

/** What the views of presets say. */
export const presetWords = {
  saved: (name: string) => `The preset ${name} is saved.`,
  removed: (name: string) => `The preset ${name} is deleted.`,
  title: 'Presets',
  lead: 'Commands that have a name: $name$ in a URL stands for them, as an image preset of AEM does.',
  loading: 'Asking for the presets…',
  list: 'Presets of the company',
  none: 'There are no presets yet.',
  add: 'New preset',
  name: 'Name',
  used: (uses: string) => `Used by ${uses}`,
  unused: 'No asset and no other preset names it',
  assets: (count: number, names: string) =>
    `${formatNumber(count)} asset${count === 1 ? '' : 's'} (${names})`,
  others: (count: number, names: string) =>
    `${formatNumber(count)} preset${count === 1 ? '' : 's'} (${names})`,
  warning: (uses: string) =>
    `It is used by ${uses}: what is changed here changes their pictures, and URLs elsewhere that name it.`,
  save: 'Save',
  rename: 'Save and rename',
  revert: 'Undo changes',
  remove: 'Delete',
  removeTitle: (name: string) => `Delete the preset ${name}?`,
  removeText: (name: string, uses: string) =>
    uses === ''
      ? `URLs that name $${name}$ are refused then.`
      : `It is used by ${uses}. Those pictures, and URLs that name $${name}$, are refused then.`,
  renameTitle: (name: string, to: string) => `Rename ${name} to ${to}?`,
  renameText: (name: string, uses: string) =>
    `It is used by ${uses}, which go on naming $${name}$ and are refused then.`,
  letters: (count: number, most: number) =>
    `${formatNumber(count)} of at most ${formatNumber(most)} letters`,
  tooLong: (count: number, most: number) =>
    `The commands of a preset have at most ${formatNumber(most)} letters, and these have ${formatNumber(count)}.`,
  badName: 'A name has letters, digits, "-", "_" and ".", at most 100 of them.',
  taken: (name: string) => `There is a preset called ${name} already.`,
  tryOn: 'Try it on',
  before: 'Saved',
  after: 'As edited',
  lab: 'Open in the URL lab',
  choose: 'Choose a preset, or make a new one.',
  saveAs: 'Save as preset…',
  saveAsTitle: 'Save the commands as a preset',
  overwrite: (name: string) => `Overwrite the preset ${name}?`,
  overwriteText: (uses: string) =>
    uses === ''
      ? 'URLs that name it get other pictures then.'
      : `It is used by ${uses}, whose pictures change then.`,
  insert: (name: string) => `Insert $${name}$`,
  edit: (name: string) => `Edit ${name}`,
} as const
