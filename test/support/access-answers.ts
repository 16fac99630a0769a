import type { Answer } from '#test/support/answers.ts'
import { agus, aulia, budi, hadi, mega, oki, rina, siti, tono, wawan } from '#test/support/world.ts'

// Signing in, one's own account, the ways into another's, and the review of who may do what.
const KEY = '00000000-0000-4000-8000-000000000001'
const admin = (path: string, fields?: Record<string, string>): Answer => ({ at: path, allow: [agus], fields })
const NUMBERS: Answer = { allow: [siti, oki, tono, wawan, budi, rina, hadi, mega], fields: { purpose: 'document' } }

export const ACCESS_ANSWERS: Record<string, Answer> = {
  'GET /session/code': { allow: 'anybody' }, 'POST /session/code': { allow: 'anybody' },
  'GET /session/confirmation': { allow: 'everyone' }, 'POST /session/confirmation': { allow: 'everyone' },
  'POST /session/passkey/challenge': { allow: 'anybody' }, 'POST /session/passkey': { allow: 'anybody' }, 'POST /session/code/passkey/challenge': { allow: 'anybody' }, 'POST /session/code/passkey': { allow: 'anybody' },
  'POST /session/confirmation/passkey/challenge': { allow: 'everyone' }, 'POST /session/confirmation/passkey': { allow: 'everyone' },
  'GET /account/factor/passkeys': { allow: 'everyone' }, 'POST /account/factor/passkeys/challenge': { allow: 'everyone' }, 'POST /account/factor/passkeys': { allow: 'everyone' },
  'POST /account/factor/passkeys/:id/removal': { at: '/account/factor/passkeys/none/removal', allow: 'everyone' },
  'GET /account': { allow: 'everyone' }, 'GET /account/factor': { allow: 'everyone' }, 'POST /account/factor': { allow: 'everyone' },
  'POST /account/factor/key': { allow: 'everyone' }, 'POST /account/factor/key/abandonment': { allow: 'everyone' }, 'POST /account/factor/removal': { allow: 'everyone' },
  'POST /account/factor/recovery-codes': { allow: 'everyone' },
  'POST /account/sessions/:handle/end': { at: '/account/sessions/0123456789abcdef/end', allow: 'everyone' }, 'POST /account/other-sessions/end': { allow: 'everyone' },
  'POST /users/:id/factor-reset': admin('/users/mega/factor-reset', { reason: 'HP hilang' }), 'POST /users/:id/sign-out': admin('/users/siti/sign-out'), 'POST /users/:id/unlocking': admin('/users/siti/unlocking'),
  'POST /users/:id/passkey-removal': admin('/users/siti/passkey-removal', { passkey: 'none', reason: 'HP hilang' }),
  'GET /users/:id/details': admin('/users/siti/details'), 'POST /users/:id/details': admin('/users/siti/details', { name: 'Siti Rahayu', phone: '' }),
  'GET /access': { allow: [agus, aulia] }, 'POST /access/reviews': admin('/access/reviews', { id: KEY }),
  'GET /access/reviews/:id': { at: '/access/reviews/review', allow: [agus, aulia] }, 'GET /access/reviews/:id/rows.csv': { at: '/access/reviews/review/rows.csv', allow: [agus, aulia] },
  'POST /access/reviews/:id/decisions': admin('/access/reviews/review/decisions', { user: 'siti', decision: 'kept' }), 'POST /access/reviews/:id/closing': admin('/access/reviews/review/closing'),
  'POST /households/:id/numbers': { ...NUMBERS, at: '/households/asep/numbers' }, 'POST /households/:id/versions/:version/numbers': { ...NUMBERS, at: '/households/asep/versions/1/numbers' },
}
