/** What the URL lab says of requests. */
export const labWords = {
  again: (line: number) => `Line ${line} says another one, which counts.`,
  notOfEffects: 'Layer effects do not take it, so that it changes nothing.',
  refused: (name: string, instead: string) => `${name} cannot be done here: ${instead}.`,
  ignored: (why: string) => `It changes nothing: ${why}.`,
  unknown: (name: string) => `There is no command ${name}, so that it changes nothing.`,
  unreachable: 'The service does not answer.',
  notShown: (mediaType: string) => `A browser shows no ${mediaType}.`,
  layerUsage: 'number,name|comp',
  layerSentence: 'Opens a layer, to which the commands behind it apply; comp is all together.',
  effectUsage: 'number',
  effectSentence: 'Opens an effect of the layer: below 0 behind it, above 0 on it.',
  preset: 'preset',
} as const
