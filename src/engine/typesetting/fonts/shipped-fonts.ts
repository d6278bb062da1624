import { fileURLToPath } from 'node:url'

/** The four styles of a family, as files. */
interface ShippedFamily {
  readonly title: string
  /** Names by which texts mean it: those of fonts whose letters are exactly as wide. */
  readonly names: readonly string[]
  readonly files: {
    readonly regular: string
    readonly italic: string
    readonly bold: string
    readonly boldItalic: string
  }
}

/** The fonts that are the same on every machine: Latin, Greek, Cyrillic and Hebrew, under the SIL Open Font License 1.1. */
export const SHIPPED_FAMILIES: readonly [ShippedFamily, ...ShippedFamily[]] = [
  {
    title: 'Arimo (also as Arial or Helvetica)',
    names: [
      'arimo',
      'arial',
      'arialmt',
      'helvetica',
      'liberation sans',
      'nimbus sans',
      'sans-serif',
    ],
    files: {
      regular: place(
        import.meta.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'),
      ),
      italic: place(
        import.meta
          .resolve('@expo-google-fonts/arimo/400Regular_Italic/Arimo_400Regular_Italic.ttf'),
      ),
      bold: place(import.meta.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf')),
      boldItalic: place(
        import.meta.resolve('@expo-google-fonts/arimo/700Bold_Italic/Arimo_700Bold_Italic.ttf'),
      ),
    },
  },
  {
    title: 'Tinos (also as Times New Roman)',
    names: [
      'tinos',
      'times',
      'times new roman',
      'timesnewromanpsmt',
      'liberation serif',
      'nimbus roman',
      'serif',
    ],
    files: {
      regular: place(
        import.meta.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'),
      ),
      italic: place(
        import.meta
          .resolve('@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf'),
      ),
      bold: place(import.meta.resolve('@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf')),
      boldItalic: place(
        import.meta.resolve('@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf'),
      ),
    },
  },
  {
    title: 'Cousine (also as Courier New)',
    names: [
      'cousine',
      'courier',
      'courier new',
      'couriernewpsmt',
      'liberation mono',
      'nimbus mono ps',
      'monospace',
    ],
    files: {
      regular: place(
        import.meta.resolve('@expo-google-fonts/cousine/400Regular/Cousine_400Regular.ttf'),
      ),
      italic: place(
        import.meta
          .resolve('@expo-google-fonts/cousine/400Regular_Italic/Cousine_400Regular_Italic.ttf'),
      ),
      bold: place(import.meta.resolve('@expo-google-fonts/cousine/700Bold/Cousine_700Bold.ttf')),
      boldItalic: place(
        import.meta.resolve('@expo-google-fonts/cousine/700Bold_Italic/Cousine_700Bold_Italic.ttf'),
      ),
    },
  },
]

function place(url: string): string {
  return fileURLToPath(url)
}
