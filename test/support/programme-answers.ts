import type { Actor } from '#app/users/actor.ts'
import type { Answer } from '#test/support/answers.ts'
import { agus, budi, eko, hadi, joko, mega, nia, oki, prita, rina, wawan } from '#test/support/world.ts'

// Who may use the addresses of programmes, recipients, their changes and batches.
const READERS = [oki, wawan, budi, rina, hadi, prita, mega]
// A batch is the kabupaten's: who works in a part of it does not see it.
const OFFICES = [rina, hadi, prita, mega]
const ELSEWHERE = [eko, nia, joko]
const KEY = '00000000-0000-4000-8000-000000000001'
const CODE = ':programme{(?:pkh|sembako|pbi|ppks|blt|apbd)}'
const DECIDING = { key: KEY, seen: '1.0.0', note: 'periksa lagi' }

const list = (at?: string): Answer => ({ ...(at && { at }), allow: READERS, elsewhere: ELSEWHERE })
const readers = (path: string): Answer => ({ at: `/programmes/${path}`, allow: READERS })
const deciders = (path: string): Answer => ({ at: `/programmes/changes/${path}`, allow: [wawan, budi, rina], fields: DECIDING })
const batch = (path: string, allow: Actor[], fields?: Record<string, string>): Answer => ({ at: `/programmes/batches/${path}`, allow, ...(fields && { fields }) })
const configurers = (fields?: Record<string, string>): Answer => ({ allow: [mega, agus], ...(fields && { fields }) })

export const PROGRAMME_ANSWERS: Record<string, Answer> = {
  'GET /programmes': list(), [`GET /programmes/${CODE}`]: list('/programmes/sembako'), [`GET /programmes/${CODE}/print`]: list('/programmes/sembako/print'),
  [`GET /programmes/${CODE}/recipients/:id`]: readers('sembako/recipients/recipient'),
  [`POST /programmes/${CODE}/recipients/:id/numbers`]: { at: '/programmes/sembako/recipients/recipient/numbers', allow: READERS.filter((who) => who !== prita), fields: { purpose: 'document' } },
  [`GET /programmes/${CODE}/changes/new`]: { at: '/programmes/sembako/changes/new?kind=removal&recipient=recipient', allow: [oki, rina] },
  [`POST /programmes/${CODE}/changes`]: { at: '/programmes/sembako/changes', allow: [oki, rina], elsewhere: [nia] },
  'GET /programmes/changes': list(), 'GET /programmes/changes/approval': deciders('approval?change=recipient-change'),
  'POST /programmes/changes/approval': { ...deciders('approval'), fields: { key: KEY, note: '', ticked: 'recipient-change~1.0.0' } },
  'GET /programmes/changes/:id': readers('changes/recipient-change'), 'GET /programmes/changes/:id/edit': { at: '/programmes/changes/recipient-returned/edit', allow: [oki] },
  'POST /programmes/changes/:id/approval': deciders('recipient-change/approval'), 'POST /programmes/changes/:id/return': deciders('recipient-change/return'),
  'POST /programmes/changes/:id/rejection': deciders('recipient-change/rejection'), 'POST /programmes/changes/:id/withdrawal': { at: '/programmes/changes/recipient-change/withdrawal', allow: [oki], fields: DECIDING },
  'GET /programmes/batches': list(), 'POST /programmes/batches': { allow: [rina], elsewhere: [nia] }, 'GET /programmes/batches/:id': batch('recipient-frozen', OFFICES),
  'GET /programmes/batches/:id/progress': batch('recipient-frozen/progress', OFFICES),
  'GET /programmes/batches/:id/manifest.txt': batch('recipient-frozen/manifest.txt', OFFICES), 'POST /programmes/batches/:id/gathering': batch('recipient-open/gathering', [rina]),
  'POST /programmes/batches/:id/changes/:change/removal': batch('recipient-open/changes/recipient-opened/removal', [rina], { note: 'keliru' }), 'POST /programmes/batches/:id/unfit-removal': batch('recipient-open/unfit-removal', [rina]),
  'POST /programmes/batches/:id/freeze': batch('recipient-open/freeze', [rina]), 'POST /programmes/batches/:id/cancellation': batch('recipient-frozen/cancellation', [rina], { note: 'keliru' }),
  'POST /programmes/batches/:id/ratification': batch('recipient-frozen/ratification', [hadi]),
  'GET /programmes/periods': { allow: [...READERS, agus], elsewhere: ELSEWHERE }, 'POST /programmes/periods': { allow: [rina, mega, agus], elsewhere: [nia] },
  'POST /programmes/periods/:id/cutoff': { at: '/programmes/periods/programme-period/cutoff', allow: [rina], fields: { cutoffOn: '2126-03-10' } },
  'POST /programmes/periods/:id/closing': { at: '/programmes/periods/programme-period/closing', allow: [rina] },
  'GET /programmes/settings': { allow: [...READERS, agus], elsewhere: ELSEWHERE }, 'POST /programmes/settings': configurers({ programme: 'pkh' }), 'POST /programmes/settings/words': configurers({ programme: 'pkh' }),
  'POST /programmes/settings/ending': configurers({ programme: 'sembako', key: 'amount.month', validFrom: '2020-03-01', validTo: '2126-01-01' }),
  'POST /programmes/settings/words/ending': configurers({ programme: 'ppks', list: 'ending', code: 'moved', validFrom: '2012-01-01' }),
}
