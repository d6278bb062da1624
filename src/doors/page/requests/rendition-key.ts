/** Where in the storage a rendition of a request is, or is to be. */
export function renditionKey(requestId: string, position: number): string {
  return `devtool/renditions/${requestId}/${position}`
}
