/** How an element begins, whatever its prefix. */
function element(names: string, but = ''): RegExp {
  return new RegExp(`<(?:[\\w.-]+:)?(?:${names})${but}[\\s/>]`)
}

/** What librsvg does not draw, or draws as if it were not there, in words that go on from "The drawing has". */
const LEFT_OUT: readonly (readonly [words: string, pattern: RegExp])[] = [
  // What Illustrator puts there for itself no browser shows.
  ['HTML (foreignObject)', element('foreignObject', '(?![^>]*requiredExtensions)')],
  ['scripts', element('script')],
  ['animations', element('animate(?:Color|Motion|Transform)?|set')],
  ['animations of CSS (@keyframes)', /@keyframes\b/],
  ['texts along a path (textPath)', element('textPath')],
  [
    'distances of words (word-spacing)',
    /[\s;"']word-spacing\s*[:=]\s*["']?\s*(?!0(?![.\d])|normal)/,
  ],
  ['lengths of texts (textLength)', /\stextLength\s*=/],
  ['gradients of a mesh or hatches', element('meshgradient|hatch')],
  ['videos, sounds or pages', element('video|audio|canvas|iframe')],
  [
    'pictures or parts of other files',
    /<(?:[\w.-]+:)?(?:image|use|feImage)\s[^<>]*href\s*=\s*["'](?!#|data:|["'])/,
  ],
  ['style sheets of other files', /@import\b|<\?xml-stylesheet\b/],
  ['fonts of other files (@font-face)', /@font-face\s*\{(?![^}]*url\(\s*(?:["']|&quot;)?data:)/i],
  ['rules under a condition (@container)', /@container\b/],
  ['rules in layers (@layer)', /@layer\b/],
  ['rules in a scope (@scope)', /@scope\b/],
  ['mixed colours (color-mix)', /\bcolor-mix\(/],
  [
    'colours that are made of others (from)',
    /[:"'\s](?:rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch)|color)\(\s*from\s/,
  ],
  ['lengths that are told of paths (pathLength)', /\spathLength\s*=/],
  ['shapes of CSS as clip paths', /clip-path\s*:\s*(?:polygon|circle|ellipse|inset|path)\(/],
  [
    'lengths that are computed (calc)',
    /:\s*(?:calc|min|max|clamp)\([^;}]{0,500}(?:%|(?:em|v[wh])\b)/,
  ],
  ['selectors that choose among others (:is, :where, :has)', /:(?:is|where|has)\(/],
  ['outlines that CSS tells (d)', /[{;\s"']d\s*:\s*path\(/],
  ['origins of transformations (transform-origin)', /\btransform-origin\s*[:=]/],
  [
    'transformations of one kind (rotate, scale, translate)',
    /[;{"']\s*(?:rotate|scale|translate)\s*:/,
  ],
  [
    'transformations in space',
    /\btransform\s*[:=][^;"'}]{0,500}(?:rotate[XY3]|perspective|matrix3d|translateZ|scaleZ)/i,
  ],
  ['ways that elements follow (offset-path)', /[;{"'\s]offset-path\s*:\s*(?!none)/],
  ['shadows of texts (text-shadow)', /[;{"'\s]text-shadow\s*:\s*(?!none)/],
  ['outlines around elements (outline)', /[;{"'\s]outline\s*:\s*(?!none|0)/],
  [
    'masks that are told by more than a link',
    /[;{"'\s]mask(?:-image)?\s*:\s*(?!none|inherit|url\([^)]*\)\s*(?:[;}"'<]|$))/,
  ],
  [
    'lengths by the size of the screen (vw, vh)',
    /(?:=\s*["']|[;{"'\s][\w-]+\s*:)\s*[\d.]+v(?:w|h|min|max)\b/,
  ],
  ['letters that are turned (rotate)', /<(?:[\w.-]+:)?(?:text|tspan)\s[^<>]*\srotate\s*=/],
  ['gradients in linear light', /\scolor-interpolation\s*[=:]\s*["']?\s*linearRGB/],
]

/**
 * Tells what of an SVG is not drawn, by what it has in it; whether that would be seen nobody looks at.
 *
 * @returns words such as "scripts"
 */
export function findLeftOut(svg: string): readonly string[] {
  const text = svg.replaceAll(/<!--.*?-->/gs, '')
  return LEFT_OUT.filter(([, pattern]) => pattern.test(text)).map(([words]) => words)
}
