import type { Filter, Place } from '#app/reviews/queue.ts'

// The queue's filter and place travel in the address, so that after each decision the same queue goes on.
export function queueQuery({ village, officer, outcome, flags, order }: Filter, after?: Place | null) {
  const wanted = { village, officer, outcome: outcome && String(outcome), flags, order, after: after ? placeWords(after, order) : undefined }
  const query = new URLSearchParams(Object.entries(wanted).filter((entry): entry is [string, string] => Boolean(entry[1]))).toString()
  return query && `?${query}`
}

const placeWords = ({ stageAt, number, weight }: Place, order: Filter['order']) => [stageAt, number, ...(order ? [weight ?? 0] : [])].join('~')
