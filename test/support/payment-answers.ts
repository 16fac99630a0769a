import type { Answer } from '#test/support/answers.ts'
import { LIST, PERIOD } from '#test/support/payments.ts'
import { BANTUL, budi, eko, hadi, joko, mega, nia, oki, PONCOSARI, prita, rina, wawan } from '#test/support/world.ts'

const KEY = '00000000-0000-4000-8000-000000000001'
const READERS = [oki, wawan, budi, rina, hadi, prita, mega]
const reading = (path: string): Answer => ({ at: path, allow: READERS })
const openTo = (): Answer => ({ allow: READERS, elsewhere: [eko, nia, joko] })
const paying = (path: string, fields?: Record<string, string>): Answer => ({ at: path, allow: [rina, mega], fields })
const bringing = (): Answer => ({ allow: [rina, mega], elsewhere: [nia] })
const file = (path: string, fields?: Record<string, string>, id = 'intake'): Answer => ({ at: `/intake/${id}${path}`, allow: [rina, mega], fields })
const list = `/payments/lists/${LIST}`

// Payments and the files that bring recipients and results.
export const PAYMENT_ANSWERS: Record<string, Answer> = {
  'GET /payments': openTo(), 'GET /payments/failed': openTo(), 'GET /payments/template.csv': openTo(),
  'POST /payments/lists': { allow: [rina, mega], fields: { id: KEY, period: PERIOD, region: BANTUL, programme: 'sembako' } },
  'GET /payments/lists/:id': reading(list), 'GET /payments/lists/:id/lines': reading(`${list}/lines`), 'GET /payments/lists/:id/print': reading(`${list}/print?village=${PONCOSARI}`),
  'GET /payments/lists/:id/results/new': paying(`${list}/results/new`), 'POST /payments/lists/:id/results': paying(`${list}/results`),
  'GET /payments/:id': reading('/payments/payment'), 'POST /payments/:id/status': paying('/payments/payment/status', { key: KEY, seen: '1', status: 'paid' }),
  'POST /payments/:id/account': paying('/payments/payment/account', { key: KEY, seen: '1', bank: 'bri', state: 'good', accountNumber: '12345678' }),
  'GET /intake': bringing(), 'GET /intake/new': bringing(), 'GET /intake/template.csv': bringing(), 'POST /intake': bringing(),
  'GET /intake/:id': file(''), 'GET /intake/:id/errors.csv': file('/errors.csv'), 'POST /intake/:id/confirmation': file('/confirmation'), 'POST /intake/:id/discard': file('/discard'),
  'GET /intake/:id/unmatched': file('/unmatched'), 'POST /intake/:id/keeping': file('/keeping', { key: KEY, note: '' }, 'intake-applied'),
  'GET /intake/:id/unmatched/:position{[0-9]{1,9}}': file('/unmatched/2'), 'POST /intake/:id/unmatched/:position{[0-9]{1,9}}': file('/unmatched/2', { key: KEY, decision: 'throw', note: 'salah berkas' }, 'intake-applied'),
}
