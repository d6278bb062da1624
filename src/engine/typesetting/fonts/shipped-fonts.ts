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

/** The families of Latin, Greek, Cyrillic and Hebrew: without serifs, with serifs, and of letters that are all as wide. */
export const USUAL_FAMILIES: readonly [ShippedFamily, ShippedFamily, ShippedFamily] = [
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

/** A family of letters that the usual ones have not. */
interface ScriptFamily extends ShippedFamily {
  /** The first and the last code point of each row of its letters (Unicode 17, "Blocks"). */
  readonly blocks: readonly (readonly [first: number, last: number])[]
}

/** The families of other scripts, which have no italics: their letters are not slanted. */
export const SCRIPT_FAMILIES: readonly ScriptFamily[] = [
  {
    title: 'Noto Sans Arabic',
    names: ['noto sans arabic', 'notosansarabic'],
    files: upright(
      import.meta
        .resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
      import.meta.resolve('@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf'),
    ),
    // Those of presentation among them, which are what files have that were set before they were written.
    blocks: [
      [0x06_00, 0x06_ff],
      [0x07_50, 0x07_7f],
      [0x08_70, 0x08_ff],
      [0xfb_50, 0xfd_ff],
      [0xfe_70, 0xfe_fc],
    ],
  },
  {
    title: 'Noto Sans Thai',
    names: ['noto sans thai', 'notosansthai'],
    files: upright(
      import.meta
        .resolve('@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf'),
      import.meta.resolve('@expo-google-fonts/noto-sans-thai/700Bold/NotoSansThai_700Bold.ttf'),
    ),
    blocks: [[0x0e_01, 0x0e_5b]],
  },
]

/** All fonts that are the same on every machine, under the SIL Open Font License 1.1. */
export const SHIPPED_FAMILIES: readonly [ShippedFamily, ...ShippedFamily[]] = [
  ...USUAL_FAMILIES,
  ...SCRIPT_FAMILIES,
]

function upright(regularUrl: string, boldUrl: string): ShippedFamily['files'] {
  const [regular, bold] = [place(regularUrl), place(boldUrl)]
  return { regular, italic: regular, bold, boldItalic: bold }
}

function place(url: string): string {
  return fileURLToPath(url)
}
