/** What of Image Serving the page shows and changes, as its door has it. */
export interface InspectedImages {
  /** The company whose assets are found without its name. */
  readonly company: string
  readonly inspection: InspectedAssets
}

/** The assets of Image Serving. */
export interface InspectedAssets {
  /** All companies that have assets. */
  readonly companies: () => readonly string[]
  /** The folder whose files are assets by their names, if one is mounted. */
  readonly mountedFolder: string | undefined
}
