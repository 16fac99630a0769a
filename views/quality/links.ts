import type { FlagPlace } from '#app/quality/officer-page.ts'
import type { OfficerPlace, OfficerQuery } from '#app/quality/officers.ts'
import type { ReviewerPlace, ReviewerQuery } from '#app/quality/reviewers.ts'

const query = (fields: Record<string, string | undefined>) => {
  const text = new URLSearchParams(Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1]))).toString()
  return text ? `?${text}` : ''
}

export const officersHref = ({ region, month, level, sort }: OfficerQuery, after?: OfficerPlace) =>
  `/officers${query({ region, month, level, sort: sort === 'verdict' ? undefined : sort, after: after && `${after.value}~${after.officerId}~${after.region}` })}`
export const officersFileHref = ({ region, month, level, sort }: OfficerQuery) => `/officers/list.csv${query({ region, month, level, sort })}`
export const officerHref = (id: string, { desa, flag, after }: { desa?: string, flag?: string, after?: FlagPlace } = {}) =>
  `/officers/${id}${query({ desa, flag, after: after && `${after.at}~${after.visitId}~${after.code}` })}`

export const reviewersHref = ({ region, level, sort }: ReviewerQuery, after?: ReviewerPlace) =>
  `/reviewers${query({ region, level, sort: sort === 'verdict' ? undefined : sort, after: after && `${after.value}~${after.reviewerId}` })}`
export const reviewersFileHref = ({ region, level, sort }: ReviewerQuery) => `/reviewers/list.csv${query({ region, level, sort })}`
