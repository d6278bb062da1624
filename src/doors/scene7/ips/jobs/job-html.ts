import { escapeXml } from '../../../../base/xml.ts'
import { THUMBNAIL_PIXELS } from '../../serving/make-thumbnail.ts'

/** How large a picture is shown, in pixels of CSS. */
const SIDE = THUMBNAIL_PIXELS / 2

/** Programs for mails have their own colours, by day and by night, and know little of CSS beside attributes. */
const STYLES = {
  body: 'margin:0;padding:16px;font:15px/1.5 system-ui,sans-serif',
  all: 'max-width:600px',
  tile: `display:inline-block;vertical-align:top;width:${SIDE + 2}px;margin:0 12px 12px 0`,
  picture: 'display:block;border:1px solid #c8c8c8;border-radius:6px;background:#ffffff',
  name: 'display:block;margin-top:4px;font-size:12px;line-height:1.3;overflow-wrap:anywhere',
}

/**
 * Writes a mail as HTML; all that is said is in its text as well.
 *
 * @param mail.summary - paragraphs before the pictures, and `details` are the lines behind them
 * @param mail.pictures - by their ids, with the names that are below them
 */
export function writeJobHtml({
  subject,
  summary,
  pictures,
  details,
}: {
  readonly subject: string
  readonly summary: readonly string[]
  readonly pictures: readonly { readonly id: string; readonly name: string }[]
  readonly details: readonly string[]
}): string {
  const content = [
    ...summary.map((each) => `<p>${linkUrls(each)}</p>`),
    ...(pictures.length > 0 ? [`<div>${pictures.map(toTile).join('\n')}</div>`] : []),
    ...(details.length > 0 ? [`<p>${details.map(linkUrls).join('<br>\n')}</p>`] : []),
  ].join('\n')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width"><title>${escapeXml(subject)}</title></head>
<body style="${STYLES.body}"><div style="${STYLES.all}">
${content}
</div></body></html>
`
}

function toTile({ id, name }: { readonly id: string; readonly name: string }): string {
  const told = escapeXml(name)
  return `<span style="${STYLES.tile}"><img src="cid:${id}" width="${SIDE}" height="${SIDE}" alt="" style="${STYLES.picture}"><span style="${STYLES.name}">${told}</span></span>`
}

function linkUrls(text: string): string {
  return text
    .split(/(https:\/\/\S*[^\s.,:;])/)
    .map((piece, index) => (index % 2 === 1 ? toLink(piece) : escapeXml(piece)))
    .join('')
}

function toLink(url: string): string {
  const told = escapeXml(url)
  return `<a href="${told}" style="overflow-wrap:anywhere">${told}</a>`
}
