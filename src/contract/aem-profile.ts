/** The renditions that AEM's hidden standard profile makes of every asset. */
export const AEM_STANDARD_RENDITIONS = [
  { name: 'cqdam.metadata.xml', fmt: 'xmp', cqDamAttributes: true },
  { name: 'cqdam.text.txt', fmt: 'txt' },
  { name: 'cq5dam.thumbnail.48.48.png', fmt: 'png', width: 48, height: 48 },
  { name: 'cq5dam.thumbnail.140.100.png', fmt: 'png', width: 140, height: 100 },
  { name: 'cq5dam.thumbnail.319.319.png', fmt: 'png', width: 319, height: 319 },
  { name: 'cq5dam.web.1280.1280.jpeg', fmt: 'jpeg', width: 1280, height: 1280 },
] as const
