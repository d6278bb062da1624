/**
 * How a file without bytes is put at a URL. One for a block of Azure Blob Storage, which has no empty blocks, takes the whole blob as
 * well, and that may be empty.
 */
export function toEmptyUpload(url: string): { url: string; headers: Record<string, string> } {
  const target = URL.parse(url)
  const isBlock = target?.searchParams.get('comp') === 'block' && target.searchParams.has('sig')
  if (target === null || !isBlock) return { url, headers: {} }
  target.searchParams.delete('comp')
  target.searchParams.delete('blockid')
  return { url: target.href, headers: { 'x-ms-blob-type': 'BlockBlob' } }
}
