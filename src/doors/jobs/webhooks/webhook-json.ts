import { toTime } from '../api/times.ts'
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
    created_at: toTime(createdAt),
    updated_at: toTime(updatedAt),
    links: { self: `${apiUrl}/webhooks/${id}` },
  }
}
