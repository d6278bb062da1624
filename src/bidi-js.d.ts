// Its own declarations are those of an ES module, but what Node.js loads is CommonJS and the function itself.
declare module 'bidi-js' {
  /** Part of what there is. */
  interface Bidi {
    readonly getEmbeddingLevels: (
      text: string,
      baseDirection: 'ltr' | 'rtl' | 'auto',
    ) => { readonly levels: Uint8Array }
  }

  function createBidi(): Bidi
  // oxlint-disable-next-line import/no-default-export -- as the package has it
  export default createBidi
}
