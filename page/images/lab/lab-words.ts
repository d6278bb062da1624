import { formatBytes, formatNumber } from '../../strings.ts'

/** What the URL lab says. */
export const labWords = {
  again: (line: number) => `Line ${line} says another one, which counts.`,
  notOfEffects: 'Layer effects do not take it, so that it changes nothing.',
  refused: (name: string, instead: string) => `${name} cannot be done here: ${instead}.`,
  ignored: (why: string) => `It changes nothing: ${why}.`,
  unknown: (name: string, nearest: string | undefined) =>
    `There is no command ${name}, so that it changes nothing${nearest === undefined ? '.' : `; did you mean ${nearest}?`}`,
  unreachable: 'The service does not answer.',
  notShown: (mediaType: string) => `A browser shows no ${mediaType}.`,
  layerUsage: 'number,name|comp',
  layerSentence: 'Opens a layer, to which the commands behind it apply; comp is all together.',
  effectUsage: 'number',
  effectSentence: 'Opens an effect of the layer: below 0 behind it, above 0 on it.',
  preset: 'preset',

  url: 'URL of the picture',
  urlHelp: 'Type or paste a URL of any server of Image Serving: what is behind /is/image counts.',
  commands: 'Commands',
  modes: { form: 'Layers', text: 'Lines' },
  loadingEditor: 'Loading the editor…',
  editorNotLoaded: 'The editor could not be loaded; reload the page to try again.',
  editorLabel: 'Commands, one a line',
  editorKeys:
    'Ctrl+Space offers what can be written. Tab leads out of the editor; Escape closes what is offered.',
  picture: 'Picture',
  pictureAbout: 'Size, format and encoding',
  all: 'All layers together',
  layer: (number: number, name: string | undefined) =>
    name === undefined ? `Layer ${number}` : `Layer ${number}, ${name}`,
  shows: {
    asset: 'the asset of the URL',
    src: 'another asset',
    text: 'a text',
    color: 'a colour',
    nothing: 'nothing',
  },
  hidden: 'hidden',
  effect: (number: number) => `Effect ${number}, ${number < 0 ? 'behind' : 'on'} the layer`,
  loose: 'Presets, variables and comments',
  add: 'Add a command',
  addTo: (place: string) => `Add a command: ${place}`,
  addLayer: { src: 'Picture', text: 'Text', color: 'Colour' },
  addLayerTitle: 'Add a layer',
  addShadow: 'Shadow',
  addShadowTo: (place: string) => `Add a shadow: ${place}`,
  removeLayer: (place: string) => `Remove: ${place}`,
  remove: (name: string) => `Remove ${name}`,
  search: 'Search the commands',
  groups: {
    view: 'Size and part',
    request: 'Format and request',
    'layer 0': 'The layer',
    layer: 'Changes of pixels, and more',
  },
  firstText: 'Text',
  none: 'Nothing is said of it yet.',
  left: 'as usual',
  usual: 'usual',
  flag: '1',
  places: [
    ['upper left', 'top', 'upper right'],
    ['left', 'middle', 'right'],
    ['lower left', 'bottom', 'lower right'],
  ],

  result: 'What comes of it',
  noAsset: 'Choose a picture in the catalogue, or type a URL above.',
  late: 'Asking for the picture…',
  facts: ({ width, height, bytes, mediaType, milliseconds }: Facts) =>
    [
      `${formatNumber(width)} × ${formatNumber(height)} pixels`,
      formatBytes(bytes),
      mediaType,
      `${formatNumber(Math.round(milliseconds))} ms`,
    ] as const,
  factNames: ['Size', 'Bytes', 'Media type', 'Time'],
  substitute: (mediaType: string) =>
    `A browser does not show ${mediaType}: this is the same as PNG.`,
  refusedTitle: 'The service refuses this request',
  atLine: (line: number) => `Line ${line}`,
  now: 'Now',
  other: 'Compared with',
  compare: 'Compare from here on',
  swap: 'Swap',
  stop: 'Stop comparing',
  otherUrl: 'URL of the other picture',

  resolved: 'As the service understands it',
  resolvedAbout:
    'What counts, in its order: commands of the asset first, presets and variables in their places.',
  resolvedNone: 'No commands: the asset as it is.',
  unresolved: 'Nothing as long as the request is refused.',
  resolving: 'Asking…',
  ignoredTitle: 'What changes nothing',
  expansions: 'Presets in it',

  notFound: 'not there',

  copy: {
    title: 'Copy as',
    url: { button: 'URL', title: 'URL', about: 'The address of the picture, on this service.' },
    widths: {
      button: 'img, widths',
      title: 'An img of several widths',
      about: 'The browser chooses the width that fits its window and screen.',
    },
    ratios: {
      button: 'img, dpr',
      title: 'An img for screens of more pixels',
      about: 'dpr multiplies the size; the size in the page stays the same.',
    },
    formats: {
      button: 'picture',
      title: 'A picture of several formats',
      about: 'The browser takes the first format that it knows.',
    },
    preset: {
      button: 'AEM preset',
      title: 'An image preset of AEM',
      about:
        'The commands as Dynamic Media Classic and saveImageFormat take them (urlModifier), and AEM as image preset modifiers; presets in them are put in.',
      long: (letters: number, most: number) =>
        ` It has ${formatNumber(letters)} letters, and a preset has at most ${formatNumber(most)}.`,
    },
    command: {
      button: 'npm run image',
      title: 'A command',
      about: 'It makes the picture without the service, in a folder where the file is.',
    },
    instruction: {
      button: 'Rendition',
      title: 'A rendition of Asset Compute',
      about: 'For POST /process, a composition or a processing profile: the worker follows it.',
      none: 'There are no renditions of this format.',
    },
  },
} as const

/** What there is to tell of a picture. */
interface Facts {
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly mediaType: string
  readonly milliseconds: number
}
