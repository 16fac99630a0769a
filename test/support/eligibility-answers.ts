import type { Actor } from '#app/users/actor.ts'
import type { Answer } from '#test/support/answers.ts'
import { agus, budi, eko, hadi, joko, mega, nia, oki, prita, PONCOSARI, rina, wawan } from '#test/support/world.ts'

// Who may use the addresses of PKH and of the rules of who may receive.
const READERS = [oki, wawan, budi, rina, hadi, prita, mega]
const KEY = '00000000-0000-4000-8000-000000000001'
// A run is the kabupaten's; province and ministry see those within theirs.
const run = (path: string, allow: Actor[] = [rina, prita, mega], fields?: Record<string, string>): Answer => ({ at: `/eligibility/runs/${path}`, allow, ...(fields && { fields }) })
const simulators = (): Answer => ({ allow: [rina, prita, mega], elsewhere: [nia] })
const pkh = (path: string, allow: Actor[], fields?: Record<string, string>): Answer => ({ at: `/pkh/recipients/pkh-recipient/${path}`, allow, ...(fields && { fields }) })

export const ELIGIBILITY_ANSWERS: Record<string, Answer> = {
  'GET /eligibility': simulators(), 'GET /eligibility/new': simulators(), 'POST /eligibility/runs': { allow: [rina, prita, mega], elsewhere: [nia], fields: { key: KEY } },
  'GET /eligibility/runs/:id': run('run-ready'), 'GET /eligibility/runs/:id/rows': run(`run-ready/rows?kind=entry&region=${PONCOSARI}`),
  'POST /eligibility/runs/:id/cancellation': run('run-waiting/cancellation'), 'POST /eligibility/runs/:id/resumption': run('run-stopped/resumption'),
  'GET /rounds': { allow: [oki, rina], elsewhere: [nia] },
  // A run is the kabupaten's, so the operator of a desa, who may propose, does not find it.
  'POST /rounds': { at: '/rounds', allow: [rina], fields: { key: KEY, run: 'run-ready', kind: 'entry', region: PONCOSARI, row: `${PONCOSARI}~1` } },
  'GET /rounds/:id': { at: '/rounds/round', allow: [rina] }, 'POST /rounds/:id/confirmation': { at: '/rounds/round/confirmation', allow: [rina] },
  'POST /rounds/:id/undo': { at: '/rounds/round-done/undo', allow: [rina] },
  'GET /eligibility/families/:household/:family{[0-9]{1,2}}': { at: '/eligibility/families/ujang/1', allow: READERS },
  'GET /eligibility/rules': { allow: [...READERS, agus], elsewhere: [eko, nia, joko] },
  'POST /eligibility/rules': { allow: [mega, agus], fields: { programme: 'pkh' } }, 'POST /eligibility/rules/words': { allow: [mega, agus], fields: { programme: 'pkh' } },
  'POST /eligibility/rules/words/ending': { allow: [mega, agus], fields: { programme: 'pkh', list: 'excluded_employment', code: '5', validFrom: '2020-01-01' } },
  'GET /pkh': { allow: READERS, elsewhere: [eko, nia, joko] },
  'GET /pkh/recipients/:id/commitments': pkh('commitments', [oki, rina]), 'POST /pkh/recipients/:id/commitments': pkh('commitments', [oki, rina], { key: KEY, periodId: 'pkh-period' }),
  'GET /pkh/recipients/:id/numbers': pkh('numbers', [rina]), 'POST /pkh/recipients/:id/numbers': pkh('numbers', [rina], { key: KEY }),
}
