import type { PaymentKind } from '#app/payments/payments.ts'
import type { Tone } from '#views/ui/badge.tsx'

export const PAYMENT_KIND: Record<PaymentKind, { label: string, tone: Tone }> = {
  waiting: { label: 'Menunggu', tone: 'info' },
  paid: { label: 'Berhasil', tone: 'good' },
  failed: { label: 'Gagal', tone: 'bad' },
  excluded: { label: 'Dikecualikan', tone: 'neutral' },
}

export const PAID_NAMES = { pkh: 'PKH', sembako: 'Sembako' } as const
export type PaidCode = keyof typeof PAID_NAMES
export const paidName = (code: string) => code in PAID_NAMES ? PAID_NAMES[code as PaidCode] : code

// Of an account's number only the end is shown in a list.
export const maskAccount = (number: string | null | undefined) => !number ? '–' : number.length < 5 ? '*'.repeat(number.length) : '*'.repeat(number.length - 4) + number.slice(-4)

export const query = (values: Record<string, string | undefined>) =>
  new URLSearchParams(Object.entries(values).flatMap(([name, value]): [string, string][] => value ? [[name, value]] : [])).toString()

export const afterOf = (place: { regionCode: string, name: string, id: string } | undefined) => place && `${place.regionCode}~${place.id}~${place.name}`
export const PAYMENTS_TRAIL = { href: '/payments', label: 'Penyaluran' }
