import type { Webhook } from './webhook-store.ts'

/**
 * A webhook as clients see it.
 *
 * @param apiUrl - where the API is, such as `https://localhost:9443/v2`
 */
export function webhookJson(webhook: Webhook, apiUrl: string): object {
  const { id, url, disabled, events, failing, signingSecret, createdAt, updatedAt } = webhook
  return {
    id,
    url,
    disabled,
    events,
    failing,
    signing_secret: signingSecret,
    created_at: formatTime(createdAt),
    updated_at: formatTime(updatedAt),
    links: { self: `${apiUrl}/webhooks/${id}` },
  }
}

function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00')
}
